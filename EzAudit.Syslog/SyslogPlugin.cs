using EzAudit.Extensibility;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog;

/// <summary>Adds the target type <c>syslog</c>, which sends records to a syslog server or the local syslog socket through a spool on disk.</summary>
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
