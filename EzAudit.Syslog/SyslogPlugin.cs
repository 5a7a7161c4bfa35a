using EzAudit.Extensibility;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog;

/// <summary>Supplies the type of target <c>syslog</c>: records go to a syslog server or to the local one, by way of a spool on disk.</summary>
public sealed class SyslogPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddTarget("syslog", SyslogSettings.Keys, Make);
    }

    private static IAuditTarget Make(AuditComponentSettings settings)
    {
        SyslogSettings read = SyslogSettings.Read(settings);
        return settings.IsTrial ? new TrialTarget() : new SyslogTarget(read);
    }
}
