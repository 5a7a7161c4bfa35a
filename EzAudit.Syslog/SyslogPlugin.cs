using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog;

/// <summary>Adds the target type <c>syslog</c>, which sends records to a syslog server or the local syslog socket through a spool on disk, and an anchor that sends checkpoints the same way.</summary>
public sealed class SyslogPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddTarget("syslog", SyslogSettings.Keys, Make).AddAnchor("syslog", SyslogAnchor.Keys, MakeAnchor);
    }

    private static IAuditAnchor MakeAnchor(AuditComponentSettings settings)
    {
        SyslogSettings read = SyslogAnchor.Read(settings);
        return settings.IsTrial ? new TrialAnchor() : new SyslogAnchor(read, TimeProvider.System);
    }

    private static IAuditTarget Make(AuditComponentSettings settings)
    {
        SyslogSettings read = SyslogSettings.Read(settings);
        return settings.IsTrial ? new TrialTarget() : new SyslogTarget(read);
    }
}

/// <summary>Stands in for a target when settings are only checked. No one writes to it, and it leaves nothing behind.</summary>
internal sealed class TrialTarget : IAuditTarget
{
    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        throw new InvalidOperationException("This target only checks settings and cannot write records.");

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
