namespace EzAudit.Syslog.Settings;

/// <summary>How messages reach the server.</summary>
internal enum SyslogTransport
{
    /// <summary>Datagrams (RFC 5426), which are lost without a trace if no one receives them.</summary>
    Udp,

    /// <summary>A connection (RFC 6587).</summary>
    Tcp,

    /// <summary>An encrypted connection to a server that proves its name (RFC 5425).</summary>
    Tls,

    /// <summary>The local socket, such as /dev/log.</summary>
    Unix,
}
