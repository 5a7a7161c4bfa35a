namespace EzAudit.Syslog.Settings;

/// <summary>Maps the names of facilities in settings to their codes (RFC 5424, 6.2.1).</summary>
internal static class SyslogFacility
{
    /// <summary>The default facility: log audit, 13.</summary>
    public const int Audit = 13;

    public const string Expected = "a facility such as audit, auth, authpriv, user, daemon or local0 to local7";

    private static readonly string[] Names =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    public static bool TryParse(string text, out int code)
    {
        code = Array.IndexOf(Names, text);
        return code >= 0;
    }
}
