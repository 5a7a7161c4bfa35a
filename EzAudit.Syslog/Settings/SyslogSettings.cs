using System.Net;
using EzAudit.Extensibility;
using EzAudit.Syslog.Text;
using NodaTime;

namespace EzAudit.Syslog.Settings;

/// <summary>What a section <c>[Target-NAME]</c> with <c>Type=syslog</c> says.</summary>
internal sealed record SyslogSettings
{
    /// <summary>The keys such a section may have.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "Transport", "Host", "Port", "Path", "Framing", "Frame", "Tag", "HostName", "EnterpriseId", "MaxBytes", "Facility", "Facilities",
        "Severity", "Severities", "Levels", "TlsName", "CaFile", "ClientCertificate", "ClientKey", "Revocation", "Window", "Timeout", "Spool", "SpoolDir",
    ];

    public required SyslogTransport Transport { get; init; }

    /// <summary>The server's name or address; for the local socket its path.</summary>
    public required string Host { get; init; }

    public int Port { get; init; }

    /// <summary>Looks a name up.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public SyslogFraming Framing { get; init; }

    public required SyslogFrame Frame { get; init; }

    public required SyslogTag Tag { get; init; }

    public required string HostName { get; init; }

    public required string EnterpriseId { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The longest message; longer ones are cut.</summary>
    public required int MaxBytes { get; init; }

    public required SyslogPriorities Priorities { get; init; }

    public TlsSettings Tls { get; init; } = new();

    /// <summary>How many bytes may be on their way without the server's having shown that it read them.</summary>
    public required int Window { get; init; }

    /// <summary>How long the server's machine may leave what was sent unacknowledged.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How many bytes may wait on disk.</summary>
    public required long SpoolBytes { get; init; }

    public required string SpoolDirectory { get; init; }

    /// <summary>Whether a record must be in the spool as its route's durability says; else it need only be with the operating system.</summary>
    public required bool IsRequired { get; init; }

    public required Action<string> Report { get; init; }

    /// <exception cref="AuditComponentSettingsException">A value does not fit.</exception>
    public static SyslogSettings Read(AuditComponentSettings settings) => new SyslogSettingsReader(settings).Read();
}
