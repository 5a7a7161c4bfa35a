namespace EzAudit.Syslog.Settings;

/// <summary>How messages on a connection are separated (RFC 6587).</summary>
internal enum SyslogFraming
{
    /// <summary>Each message is preceded by its length.</summary>
    Octet,

    /// <summary>Each message is followed by a line feed.</summary>
    Lf,
}
