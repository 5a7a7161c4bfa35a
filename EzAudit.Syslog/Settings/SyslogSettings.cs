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
        "Severity", "Severities", "Levels", "TlsName", "CaFile", "ClientCertificate", "ClientKey", "Revocation", "Window", "Timeout", "Spool", "SpoolDir",
    ];

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

    /// <summary>The maximum number of bytes in the spool.</summary>
    public required long SpoolBytes { get; init; }

    public required string SpoolDirectory { get; init; }

    /// <summary>Whether a record must be spooled with its route's durability; otherwise handing it to the operating system is enough.</summary>
    public required bool IsRequired { get; init; }

    public required Action<string> Report { get; init; }

    /// <exception cref="AuditComponentSettingsException">A value is not valid.</exception>
    public static SyslogSettings Read(AuditComponentSettings settings) => new SyslogSettingsReader(settings).Read();
}
