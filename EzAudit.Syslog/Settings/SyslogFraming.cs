namespace EzAudit.Syslog.Settings;

/// <summary>How messages on a connection are told apart (RFC 6587).</summary>
internal enum SyslogFraming
{
    /// <summary>The length stands before each message.</summary>
    Octet,

    /// <summary>A line feed stands behind each message.</summary>
    Lf,
}
