using EzAudit.Records;

namespace EzAudit.Syslog.Settings;

/// <summary>The severities by the names that settings use.</summary>
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

    /// <summary>The severity as log4j's five levels have it: nothing between info and warning, nothing above error.</summary>
    public static AuditSeverity AsLog4J(AuditSeverity severity) => severity switch
    {
        <= AuditSeverity.Error => AuditSeverity.Error,
        AuditSeverity.Notice => AuditSeverity.Info,
        _ => severity,
    };
}
