namespace EzAudit.Syslog.Settings;

/// <summary>How the server proves its name, and this application its own.</summary>
internal sealed record TlsSettings
{
    /// <summary>The name that the server's certificate must have.</summary>
    public string Name { get; init; } = "";

    /// <summary>The certificates to trust, in PEM; <see langword="null"/>: those the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether the server's certificate must be known not to have been revoked, by OCSP or a revocation list.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>This application's certificate, in PEM, and those between it and its root; <see langword="null"/>: none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The key of that certificate, in PEM.</summary>
    public string? ClientKey { get; init; }
}
