namespace EzAudit.Syslog.Settings;

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
