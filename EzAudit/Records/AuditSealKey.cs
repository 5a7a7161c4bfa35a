namespace EzAudit.Records;

/// <summary>The public half of the key that a ledger begins with. Immutable; compared by value.</summary>
public sealed record AuditSealKey
{
    /// <summary>The name of the ledger.</summary>
    public required string Origin { get; init; }

    /// <summary>The verification key in the form of C2SP's signed-note: <c>origin+id+base64</c>. Public, but keep it where nobody can exchange it.</summary>
    public required string VerificationKey { get; init; }

    /// <summary>The SHA-256 of the public key in hexadecimal groups of four digits, for people to compare.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The path of the file with the private key; <see langword="null"/> if a signer holds it.</summary>
    public string? Path { get; init; }
}
