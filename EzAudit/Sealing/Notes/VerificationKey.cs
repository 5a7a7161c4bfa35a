using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Notes;

/// <summary>The public half of a signing key with its name: a C2SP signed-note key of type 0x02, ECDSA on P-256. Thread-safe.</summary>
internal sealed class VerificationKey : IEquatable<VerificationKey>
{
    private const byte EcdsaType = 0x02;
    private const int IdDigits = 8;

    // SubjectPublicKeyInfo of an uncompressed point on P-256 has one encoding in DER, which begins with these bytes (RFC 5480); 64 bytes follow.
    private static ReadOnlySpan<byte> SpkiPrefix =>
        [0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04];

    private readonly byte[] _spki;
    private readonly byte[] _digest;

    // .NET does not promise that two threads may use one ECDsa, and importing a key costs as much as a verification.
    private ECDsa? _idle;

    private VerificationKey(string name, byte[] spki, ECDsa key)
    {
        Name = name;
        _spki = spki;
        _idle = key;
        _digest = SHA256.HashData(spki);
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(_digest);
    }

    /// <summary>The name; of a ledger's keys it is the origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of the SHA-256 of <see cref="Spki"/>, big-endian: a hint which key signed, no proof.</summary>
    public uint KeyId { get; }

    /// <summary>The public key as SubjectPublicKeyInfo in DER.</summary>
    public ReadOnlyMemory<byte> Spki => _spki;

    /// <summary>The SHA-256 of <see cref="Spki"/> for people to compare: hexadecimal digits in groups of four.</summary>
    public string Fingerprint => string.Join(' ', Convert.ToHexStringLower(_digest).Chunk(4).Select(group => new string(group)));

    /// <summary>The key of a name and the public half of a key pair.</summary>
    /// <exception cref="ArgumentException">The name cannot name a key, or the key is not on P-256.</exception>
    public static VerificationKey Of(string name, ECDsa key) => Of(name, key.ExportSubjectPublicKeyInfo());

    /// <summary>The key of a name and a public key in DER.</summary>
    /// <exception cref="ArgumentException">The name cannot name a key, or the bytes are not the SubjectPublicKeyInfo of a point on P-256.</exception>
    public static VerificationKey Of(string name, ReadOnlySpan<byte> spki)
    {
        if (!NoteText.IsName(name))
            throw new ArgumentException($"The name of a key must not be empty nor contain white space, control characters or '+': found '{name}'.", nameof(name));
        byte[] bytes = spki.ToArray();
        return TryImport(bytes, out ECDsa? key)
            ? new VerificationKey(name, bytes, key)
            : throw new ArgumentException("The public key is not the SubjectPublicKeyInfo (DER) of a point on P-256.", nameof(spki));
    }

    /// <summary>Reads the text form, <c>name+hex8(id)+base64(0x02, SPKI)</c>; <see langword="false"/> unless it is exactly what <see cref="ToString"/> would return.</summary>
    public static bool TryParse(string vkey, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        int plus = vkey.IndexOf('+', StringComparison.Ordinal);
        int second = plus + 1 + IdDigits;
        // base64 may contain a '+' as well, so only the first two separate.
        if (plus < 0 || vkey.Length <= second || vkey[second] != '+' || !NoteText.IsName(vkey.AsSpan(0, plus))) return false;
        if (!CanonicalBase64.TryDecode(vkey[(second + 1)..], out byte[]? typed) || typed is not [EcdsaType, .. byte[] spki]) return false;
        if (!TryImport(spki, out ECDsa? imported)) return false;
        var found = new VerificationKey(vkey[..plus], spki, imported);
        if (!vkey.AsSpan(plus + 1, IdDigits).SequenceEqual(found.IdText)) return false;
        key = found;
        return true;
    }

    /// <summary>Whether this key signed the text: ECDSA over its SHA-256, in strict DER.</summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> derSignature)
    {
        if (!EcdsaSignature.IsStrictDer(derSignature)) return false;
        ECDsa key = Interlocked.Exchange(ref _idle, null) ?? Import();
        bool valid = key.VerifyData(text, derSignature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (Interlocked.CompareExchange(ref _idle, key, null) is not null) key.Dispose();
        return valid;
    }

    /// <summary>The text form, <c>name+hex8(id)+base64(0x02, SPKI)</c>.</summary>
    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([EcdsaType, .. _spki])}";

    /// <inheritdoc/>
    public bool Equals(VerificationKey? other) => other is not null && Name == other.Name && _spki.AsSpan().SequenceEqual(other._spki);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)KeyId;

    private string IdText => KeyId.ToString("x8", CultureInfo.InvariantCulture);

    private ECDsa Import() => TryImport(_spki, out ECDsa? key) ? key : throw new CryptographicException("A public key that could be imported no longer can.");

    private static bool TryImport(byte[] spki, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        if (spki.Length != SpkiPrefix.Length + 64 || !spki.AsSpan().StartsWith(SpkiPrefix)) return false;
        var imported = ECDsa.Create();
        try
        {
            imported.ImportSubjectPublicKeyInfo(spki, out _);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            imported.Dispose();
            return false;
        }
        key = imported;
        return true;
    }
}
