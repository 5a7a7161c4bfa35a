using System.Globalization;
using EzAudit.Extensibility;

namespace EzAudit.Nats.Settings;

/// <summary>Reads the section of a target or an anchor.</summary>
internal static class StreamSettings
{
    /// <summary>JetStream allows no more.</summary>
    public const int MostReplicas = 5;

    public static IReadOnlyList<string> Keys { get; } =
    [
        "Url", "Stream", "Subject", "Replicas", "Timeout", "User", "PasswordFile", "TokenFile", "CredentialsFile", "NKeyFile", "CaFile", "ClientCertificate", "ClientKey",
    ];

    /// <exception cref="AuditComponentSettingsException">A value is not valid.</exception>
    public static AuditStreamOptions Read(AuditComponentSettings settings)
    {
        var options = new AuditStreamOptions
        {
            Url = Text(settings, "Url", null, "servers such as nats://n1:4222,nats://n2:4222; passwords go into files", IsUrl),
            Stream = Text(settings, "Stream", "EZAUDIT", "1 to 100 letters, digits, - and _", IsName),
            Subject = Text(settings, "Subject", "audit", "letters, digits, - and _, with dots between them", IsPrefix),
            User = settings["User"],
            PasswordFile = FileOf(settings, "PasswordFile"),
            TokenFile = FileOf(settings, "TokenFile"),
            CredentialsFile = FileOf(settings, "CredentialsFile"),
            NKeyFile = FileOf(settings, "NKeyFile"),
            CaFile = FileOf(settings, "CaFile"),
            ClientCertificate = FileOf(settings, "ClientCertificate"),
            ClientKey = FileOf(settings, "ClientKey"),
            Replicas = Number(settings, "Replicas", 3, 1, MostReplicas),
            Timeout = TimeSpan.FromSeconds(Number(settings, "Timeout", 10, 1, 600)),
        };
        Pair(settings, "User", "PasswordFile", "a file with the password of User");
        Pair(settings, "ClientCertificate", "ClientKey", "the key of ClientCertificate, a PEM file");
        return options;
    }

    /// <summary>Whether a text names servers, without passwords, which would be seen in messages.</summary>
    public static bool IsUrl(string text) => text.Split(',', StringSplitOptions.TrimEntries) is var servers && servers.All(server =>
        Uri.TryCreate(server, UriKind.Absolute, out Uri? uri) && uri.Scheme is "nats" or "tls" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.AbsolutePath is "" or "/");

    /// <summary>Whether a text can name a stream or a consumer, or be a token of a subject.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether a text can begin subjects.</summary>
    public static bool IsPrefix(string text) => text.Length <= 100 && text.Split('.').All(IsName);

    private static void Pair(AuditComponentSettings settings, string key, string other, string wanted)
    {
        if (settings[key] is not null && settings[other] is null) throw new AuditComponentSettingsException(other, wanted);
        if (settings[other] is not null && settings[key] is null) throw new AuditComponentSettingsException(key, $"one that belongs to {other}");
    }

    private static string Text(AuditComponentSettings settings, string key, string? absent, string wanted, Func<string, bool> fits) =>
        (settings[key] ?? absent) is { } text && fits(text) ? text : throw new AuditComponentSettingsException(key, wanted);

    private static int Number(AuditComponentSettings settings, string key, int absent, int least, int most)
    {
        if (settings[key] is not { } text) return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        throw new AuditComponentSettingsException(key, $"a number from {least} to {most}");
    }

    private static string? FileOf(AuditComponentSettings settings, string key)
    {
        if (settings[key] is not { } name) return null;
        string path = Path.GetFullPath(Path.Combine(settings.Root, name));
        return File.Exists(path) ? path : throw new AuditComponentSettingsException(key, $"a file; there is none at {path}");
    }
}
