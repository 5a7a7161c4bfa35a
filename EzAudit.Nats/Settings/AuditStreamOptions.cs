namespace EzAudit.Nats.Settings;

/// <summary>Where the stream is, how to sign in, and what it must be like. Immutable; compared by value.</summary>
/// <remarks>Files are read again for each connection, so that renewed passwords and certificates take effect.</remarks>
public sealed record AuditStreamOptions
{
    /// <summary>The servers, with commas: <c>nats://n1:4222,nats://n2:4222</c>. With <c>tls://</c>, only encrypted connections are used.</summary>
    public required string Url { get; init; }

    /// <summary>The name of the stream.</summary>
    public string Stream { get; init; } = "EZAUDIT";

    /// <summary>The first token of the subjects of its messages, <c>SUBJECT.ORIGIN.FUNCTION</c>.</summary>
    public string Subject { get; init; } = "audit";

    /// <summary>The user who signs in with <see cref="PasswordFile"/>.</summary>
    public string? User { get; init; }

    /// <summary>A file with the password of <see cref="User"/> on its first line.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A file with a token on its first line.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A file with a user's JWT and key, as <c>nsc</c> writes it: <c>shop.creds</c>.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>A file with the seed of an NKey.</summary>
    public string? NKeyFile { get; init; }

    /// <summary>A PEM file with the certificates of the authorities that vouch for the servers; without it, those of the system do.</summary>
    public string? CaFile { get; init; }

    /// <summary>A PEM file with the certificate that the client presents.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>A PEM file with the key of <see cref="ClientCertificate"/>.</summary>
    public string? ClientKey { get; init; }

    /// <summary>How many servers must keep each message. A stream with fewer is not used.</summary>
    public int Replicas { get; init; } = 3;

    /// <summary>How long the stream keeps messages, collected or not; zero for ever. Used when the stream is created.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The most bytes of the stream on each server; -1 for no limit. A full stream refuses new messages. Used when the stream is created.</summary>
    public long MaxBytes { get; init; } = -1;

    /// <summary>How long the servers recognize a repeated message by its id. Used when the stream is created.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a server may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a reader may take for a batch before its messages come again, to any reader. Must be the same for all readers of a consumer.</summary>
    public TimeSpan AckWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Finds what cannot be right, without connecting to anything.</summary>
    /// <returns>The name of an option of the command line, and what is wrong with it; <see langword="null"/> if nothing is.</returns>
    public (string Option, string Reason)? FindMistake()
    {
        if (!StreamSettings.IsUrl(Url)) return ("url", "expected servers such as nats://n1:4222,nats://n2:4222; passwords go into files");
        if (!StreamSettings.IsName(Stream)) return ("stream", "expected 1 to 100 letters, digits, - and _");
        if (!StreamSettings.IsPrefix(Subject)) return ("subject", "expected letters, digits, - and _, with dots between them");
        if (Replicas is < 1 or > StreamSettings.MostReplicas) return ("replicas", $"expected a number from 1 to {StreamSettings.MostReplicas}");
        if (User is null != PasswordFile is null) return ("user", "expected together with --password-file");
        if (ClientCertificate is null != ClientKey is null) return ("client-certificate", "expected together with --client-key");
        return null;
    }

    /// <summary>For messages: the servers and the stream.</summary>
    internal string Place => $"{Url} stream {Stream}";

    /// <summary>Whether only encrypted connections are used.</summary>
    internal bool RequiresTls => CaFile is not null || ClientCertificate is not null || Servers.All(server => server.StartsWith("tls://", StringComparison.Ordinal));

    /// <summary>The servers one by one.</summary>
    internal string[] Servers => Url.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
