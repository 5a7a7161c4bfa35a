using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EzAudit.Extensibility;

namespace EzAudit.Plugins.Targets;

/// <summary>The settings of a section <c>[Target-NAME]</c> with <c>Type=webhook</c>.</summary>
internal sealed record WebhookSettings
{
    // How the specification "Standard Webhooks" marks a secret in base64.
    private const string Base64Prefix = "whsec_";
    private const int LeastSecretBytes = 24;

    /// <summary>The keys of such a section.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["Url", "SecretFile", "HeaderFiles", "CaFile", "ContentType", "Timeout"];

    public required Uri Url { get; init; }

    /// <summary>The key of the signature; <see langword="null"/> for requests without one.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>Headers by name, each with the file that has its value on one line.</summary>
    public IReadOnlyDictionary<string, string> HeaderFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>The certificates that are trusted; <see langword="null"/> for those the system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    public string ContentType { get; init; } = "application/x-ndjson";

    /// <summary>How long a response may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="AuditComponentSettingsException">A value is not valid.</exception>
    public static WebhookSettings Read(AuditComponentSettings settings) => new()
    {
        Url = ReadUrl(settings),
        Secret = ReadSecret(settings),
        HeaderFiles = settings.GetMap("HeaderFiles").ToDictionary(header => header.Key, header => Existing(settings, header.Value, "HeaderFiles", "a file with the value of the header", header.Key)),
        Authorities = ReadAuthorities(settings),
        ContentType = settings["ContentType"] ?? "application/x-ndjson",
        Timeout = ReadTimeout(settings),
    };

    private static Uri ReadUrl(AuditComponentSettings settings)
    {
        // Anyone on the way could read and change what is not encrypted.
        if (Uri.TryCreate(settings["Url"], UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.UserInfo.Length == 0) return url;
        throw new AuditComponentSettingsException("Url", "an address that starts with https://, or with http:// on this machine, without user and password");
    }

    private static byte[]? ReadSecret(AuditComponentSettings settings)
    {
        if (FileOf(settings, "SecretFile", "a file with the secret of the signature") is not { } path) return null;
        string text = File.ReadAllText(path).Trim();
        byte[] secret = Encoding.UTF8.GetBytes(text);
        if (text.StartsWith(Base64Prefix, StringComparison.Ordinal))
        {
            secret = new byte[text.Length];
            Array.Resize(ref secret, Convert.TryFromBase64String(text[Base64Prefix.Length..], secret, out int length) ? length : 0);
        }
        return secret.Length >= LeastSecretBytes
            ? secret
            : throw new AuditComponentSettingsException("SecretFile", $"a file with a secret of at least {LeastSecretBytes} bytes, or \"{Base64Prefix}\" and base64");
    }

    private static X509Certificate2Collection? ReadAuthorities(AuditComponentSettings settings)
    {
        if (FileOf(settings, "CaFile", "a PEM file with certificates") is not { } path) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities.Count > 0 ? authorities : throw new AuditComponentSettingsException("CaFile", $"a PEM file with certificates; {path} has none");
    }

    private static TimeSpan ReadTimeout(AuditComponentSettings settings)
    {
        if (settings["Timeout"] is not { } text) return TimeSpan.FromSeconds(30);
        bool isNumber = int.TryParse(text.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds);
        if (isNumber && text.EndsWith('s') && seconds is >= 1 and <= 600) return TimeSpan.FromSeconds(seconds);
        throw new AuditComponentSettingsException("Timeout", "a time from 1s to 600s, such as 30s");
    }

    private static string? FileOf(AuditComponentSettings settings, string key, string expected) =>
        settings[key] is { } name ? Existing(settings, name, key, expected) : null;

    private static string Existing(AuditComponentSettings settings, string name, string key, string expected, string? entry = null)
    {
        string path = Path.GetFullPath(Path.Combine(settings.Root, name));
        return File.Exists(path) ? path : throw new AuditComponentSettingsException(key, $"{expected}; there is none at {path}", entry);
    }
}
