using EzAudit.Records;

namespace EzAudit.Syslog.Settings;

/// <summary>Maps the names of severities in settings to their values.</summary>
internal static class SyslogSeverity
{
    public const string Expected = "emergency, alert, critical, error, warning, notice, info or debug";

    private static readonly string[] Names = ["emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"];

    public static bool TryParse(string text, out AuditSeverity severity)
    {
        int code = Array.IndexOf(Names, text);
        severity = (AuditSeverity)code;
        return code >= 0;
    }

    /// <summary>Reduces a severity to those of log4j's five levels: nothing between info and warning, nothing above error.</summary>
    public static AuditSeverity AsLog4J(AuditSeverity severity) => severity switch
    {
        <= AuditSeverity.Error => AuditSeverity.Error,
        AuditSeverity.Notice => AuditSeverity.Info,
        _ => severity,
    };
}
