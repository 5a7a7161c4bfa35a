using EzAudit.Extensibility;
using EzAudit.Syslog.Sending;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog;

/// <summary>Adds the target type <c>syslog</c>, which sends records to a syslog server or the local syslog socket through a spool on disk, and an anchor that sends checkpoints the same way.</summary>
public sealed class SyslogPlugin : IAuditPlugin
{
    /// <summary>What is there is sent at once: the server gets messages one by one in any case.</summary>
    internal static AuditSenderOptions Options { get; } = new()
    {
        Limits = new AuditBatchLimits(Records: 1000, Bytes: 1 << 20, Age: TimeSpan.Zero),
        KeepsRecords = false,
    };

    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddSender("syslog", SyslogSettings.Keys, Make, Options).AddAnchorSender("syslog", SyslogSettings.AnchorKeys, Make, Options);
    }

    private static SyslogSender Make(AuditComponentSettings settings) => new(SyslogSettings.Read(settings));
}
