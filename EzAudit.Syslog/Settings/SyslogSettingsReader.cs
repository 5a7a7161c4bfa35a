using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Syslog.Text;
using NodaTime;

namespace EzAudit.Syslog.Settings;

/// <summary>Reads and checks the section of a syslog target. Rejects keys that do not apply to its transport.</summary>
internal sealed class SyslogSettingsReader(AuditComponentSettings settings)
{
    // RFC 5612 reserves this number for examples: it is valid everywhere and assigned to no one.
    private const string ExampleEnterpriseId = "32473";
    private const int LeastMessage = 1 << 10;
    private const int MostMessage = 1 << 20;

    // Fits into a UDP datagram, and into what Linux accepts on a local socket.
    private const int MostDatagram = 60_000;

    public SyslogSettings Read()
    {
        SyslogTransport transport = Choose("Transport", SyslogTransport.Tls, ("udp", SyslogTransport.Udp), ("tcp", SyslogTransport.Tcp), ("tls", SyslogTransport.Tls), ("unix", SyslogTransport.Unix));
        bool isLocal = transport == SyslogTransport.Unix;
        bool isStream = transport is SyslogTransport.Tcp or SyslogTransport.Tls;
        Refuse(isLocal, "only with Transport=udp, tcp or tls", "Host", "Port");
        Refuse(!isLocal, "only with Transport=unix", "Path");
        Refuse(!isStream, "only with Transport=tcp or tls", "Framing", "Window", "Timeout");
        Refuse(transport != SyslogTransport.Tls, "only with Transport=tls", "TlsName", "CaFile", "ClientCertificate", "ClientKey", "Revocation");
        SyslogFrame frame = Choose(
            "Frame", isLocal ? SyslogFrame.Rfc3164 : SyslogFrame.Rfc5424, ("bare", SyslogFrame.Bare), ("rfc3164", SyslogFrame.Rfc3164), ("rfc5424", SyslogFrame.Rfc5424));
        string host = isLocal ? settings["Path"] ?? "/dev/log" : Text("Host", null, "the server's name or address", IsHost);
        return new SyslogSettings
        {
            Transport = transport,
            Host = host,
            Port = Number("Port", transport == SyslogTransport.Tls ? 6514 : 514, 1, 65_535),
            Framing = Choose("Framing", SyslogFraming.Octet, ("octet", SyslogFraming.Octet), ("lf", SyslogFraming.Lf)),
            Frame = frame,
            Tag = SyslogTag.TryParse(settings["Tag"] ?? "ezaudit") ?? throw new AuditComponentSettingsException("Tag", SyslogTag.Expected),
            HostName = Text("HostName", Environment.MachineName, "1 to 64 visible ASCII characters", text => text.Length is > 0 and <= 64 && text.All(IsVisible)),
            EnterpriseId = Text("EnterpriseId", ExampleEnterpriseId, "a private enterprise number", text => text.Length is > 0 and <= 10 && text.All(char.IsAsciiDigit)),
            TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.TimeZone) ?? DateTimeZone.Utc,
            MaxBytes = (int)Size("MaxBytes", DefaultMaxBytes(transport, frame), LeastMessage, isStream ? MostMessage : MostDatagram),
            Priorities = ReadPriorities(),
            Tls = ReadTls(host),
            Window = (int)Size("Window", 64 << 10, 4 << 10, 64 << 20),
            Timeout = TimeSpan.FromSeconds(Number("Timeout", 60, 2, 3600)),
        };
    }

    // What receivers accept by default: RFC 3164 says 1 KiB, RFC 5424 2 KiB for a datagram; rsyslog accepts 8 KiB.
    private static int DefaultMaxBytes(SyslogTransport transport, SyslogFrame frame) =>
        transport != SyslogTransport.Udp ? 8 << 10 : frame == SyslogFrame.Rfc5424 ? 2 << 10 : 1 << 10;

    private SyslogPriorities ReadPriorities()
    {
        var facilities = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (function, text) in settings.GetMap("Facilities"))
            facilities[function] = SyslogFacility.TryParse(text, out int code) ? code : throw new AuditComponentSettingsException("Facilities", SyslogFacility.Expected, function);
        var severities = new Dictionary<string, AuditSeverity>(StringComparer.Ordinal);
        foreach (var (function, text) in settings.GetMap("Severities"))
            severities[function] = SyslogSeverity.TryParse(text, out AuditSeverity severity) ? severity : throw new AuditComponentSettingsException("Severities", SyslogSeverity.Expected, function);
        foreach (string key in new[] { "Facilities", "Severities" })
        {
            if (settings[key] is not null || settings.GetArray(key).Count > settings.GetMap(key).Count) throw new AuditComponentSettingsException(key, $"an array: {key}[FUNCTION]=VALUE");
        }
        return new SyslogPriorities
        {
            Facility = settings["Facility"] is not { } facility ? SyslogFacility.Audit
                : SyslogFacility.TryParse(facility, out int code1) ? code1 : throw new AuditComponentSettingsException("Facility", SyslogFacility.Expected),
            Severity = settings["Severity"] is not { } severity1 ? null
                : SyslogSeverity.TryParse(severity1, out AuditSeverity all) ? all : throw new AuditComponentSettingsException("Severity", SyslogSeverity.Expected),
            Facilities = facilities,
            Severities = severities,
            AsLog4J = Choose("Levels", false, ("syslog", false), ("log4j", true)),
        };
    }

    private TlsSettings ReadTls(string host)
    {
        var tls = new TlsSettings
        {
            Name = Text("TlsName", host, "the name in the server's certificate", IsHost),
            CaFile = FileOf("CaFile"),
            ChecksRevocation = Choose("Revocation", false, ("none", false), ("online", true)),
            ClientCertificate = FileOf("ClientCertificate"),
            ClientKey = FileOf("ClientKey"),
        };
        if (tls.ClientCertificate is not null && tls.ClientKey is null) throw new AuditComponentSettingsException("ClientKey", "the key of ClientCertificate, a PEM file");
        if (tls.ClientKey is not null && tls.ClientCertificate is null) throw new AuditComponentSettingsException("ClientCertificate", "the certificate of ClientKey, a PEM file");
        return tls;
    }

    private void Refuse(bool isUseless, string wanted, params ReadOnlySpan<string> keys)
    {
        if (!isUseless) return;
        foreach (string key in keys)
        {
            if (settings[key] is not null) throw new AuditComponentSettingsException(key, $"it {wanted}");
        }
    }

    private T Choose<T>(string key, T absent, params (string Word, T Meaning)[] words)
    {
        if (settings[key] is not { } text) return absent;
        int index = Array.FindIndex(words, word => word.Word == text);
        if (index >= 0) return words[index].Meaning;
        throw new AuditComponentSettingsException(key, $"{string.Join(", ", words[..^1].Select(word => word.Word))} or {words[^1].Word}");
    }

    private string Text(string key, string? absent, string wanted, Func<string, bool> fits) =>
        (settings[key] ?? absent) is { } text && fits(text) ? text : throw new AuditComponentSettingsException(key, wanted);

    private int Number(string key, int absent, int least, int most)
    {
        if (settings[key] is not { } text) return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        throw new AuditComponentSettingsException(key, $"a number from {least} to {most}");
    }

    private long Size(string key, long absent, long least, long most)
    {
        if (settings[key] is not { } text) return absent;
        (string unit, int shift) = Array.Find([("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)], unit => text.EndsWith(unit.Item1, StringComparison.Ordinal));
        if (long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= most >> shift && number << shift >= least) return number << shift;
        throw new AuditComponentSettingsException(key, $"a size from {Shown(least)} to {Shown(most)}, such as {Shown(absent)}");
    }

    private static string Shown(long size) => size switch
    {
        >= 1 << 30 when size % (1 << 30) == 0 => $"{size >> 30}GiB",
        >= 1 << 20 when size % (1 << 20) == 0 => $"{size >> 20}MiB",
        >= 1 << 10 when size % (1 << 10) == 0 => $"{size >> 10}KiB",
        _ => size.ToString(CultureInfo.InvariantCulture),
    };

    private string? FileOf(string key)
    {
        if (settings[key] is not { } name) return null;
        string path = PathOf(name);
        return File.Exists(path) ? path : throw new AuditComponentSettingsException(key, $"a PEM file; there is none at {path}");
    }

    private string PathOf(string path) => Path.GetFullPath(Path.Combine(settings.Root, path));

    private static bool IsHost(string text) => text.Length is > 0 and <= 255 && text.All(IsVisible);

    private static bool IsVisible(char c) => c is > ' ' and <= '~';
}
