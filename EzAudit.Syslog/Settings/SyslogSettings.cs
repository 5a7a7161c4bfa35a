using System.Net;
using EzAudit.Extensibility;
using EzAudit.Syslog.Text;
using NodaTime;

namespace EzAudit.Syslog.Settings;

/// <summary>The settings of a section <c>[Target-NAME]</c> with <c>Type=syslog</c>.</summary>
internal sealed record SyslogSettings
{
    /// <summary>The keys allowed in such a section.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "Transport", "Host", "Port", "Path", "Framing", "Frame", "Tag", "HostName", "EnterpriseId", "MaxBytes", "Facility", "Facilities",
        "Severity", "Severities", "Levels", "TlsName", "CaFile", "ClientCertificate", "ClientKey", "Revocation", "Window", "Timeout",
    ];

    /// <summary>The keys of an anchor: those of a target, without what depends on the function.</summary>
    public static IReadOnlyList<string> AnchorKeys { get; } = [.. Keys.Except(["Facilities", "Severities", "Levels"])];

    public required SyslogTransport Transport { get; init; }

    /// <summary>The server's name or address; for the local socket, its path.</summary>
    public required string Host { get; init; }

    public int Port { get; init; }

    /// <summary>Looks up a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public SyslogFraming Framing { get; init; }

    public required SyslogFrame Frame { get; init; }

    public required SyslogTag Tag { get; init; }

    public required string HostName { get; init; }

    public required string EnterpriseId { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The maximum length of a message; longer ones are cut.</summary>
    public required int MaxBytes { get; init; }

    public required SyslogPriorities Priorities { get; init; }

    public TlsSettings Tls { get; init; } = new();

    /// <summary>How many bytes may be in flight before the server has shown that it read them.</summary>
    public required int Window { get; init; }

    /// <summary>How long sent bytes may remain unacknowledged by the server's machine.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <exception cref="AuditComponentSettingsException">A value is not valid.</exception>
    public static SyslogSettings Read(AuditComponentSettings settings) => new SyslogSettingsReader(settings).Read();
}

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

/// <summary>How messages on a connection are separated (RFC 6587).</summary>
internal enum SyslogFraming
{
    /// <summary>Each message is preceded by its length.</summary>
    Octet,

    /// <summary>Each message is followed by a line feed.</summary>
    Lf,
}

/// <summary>The format of the text around a record.</summary>
internal enum SyslogFrame
{
    /// <summary><c>&lt;PRI>tag: text</c>, as log4net and log4j send it.</summary>
    Bare,

    /// <summary><c>&lt;PRI>Apr  7 12:20:33 host tag: text</c></summary>
    Rfc3164,

    /// <summary>Version 1, with structured data.</summary>
    Rfc5424,
}

/// <summary>How the server proves its name, and how this application proves its own.</summary>
internal sealed record TlsSettings
{
    /// <summary>The name that the server's certificate must have.</summary>
    public string Name { get; init; } = "";

    /// <summary>The file of trusted PEM certificates; <see langword="null"/> for those the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether to check by OCSP or a revocation list that the server's certificate has not been revoked.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>The PEM file with this application's certificate and its intermediates; <see langword="null"/> for none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The PEM file with the key of that certificate.</summary>
    public string? ClientKey { get; init; }
}
