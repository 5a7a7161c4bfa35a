using System.Security.Cryptography;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Keys;

/// <summary>The private key of one epoch. Held only for the time of one signature: an idle process must not keep the key of a past epoch.</summary>
internal sealed class PrivateKey : IDisposable
{
    private readonly ECDsa _key;

    private PrivateKey(ECDsa key, string origin, long epoch)
    {
        _key = key;
        Public = new EpochKey(epoch, VerificationKey.Of(origin, key));
    }

    public EpochKey Public { get; }

    /// <summary>Creates a key pair.</summary>
    /// <exception cref="ArgumentException">The origin cannot name a key.</exception>
    public static PrivateKey Create(string origin, long epoch) => Of(ECDsa.Create(ECCurve.NamedCurves.nistP256), origin, epoch);

    /// <summary>Reads a private key; its public half is computed or checked.</summary>
    /// <exception cref="CryptographicException">The bytes are not exactly one private key.</exception>
    /// <exception cref="PlatformNotSupportedException">The key is on an unknown curve.</exception>
    /// <exception cref="ArgumentException">The origin cannot name a key, or the key is not on P-256.</exception>
    public static PrivateKey Import(ReadOnlySpan<byte> pkcs8, string origin, long epoch)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out int read);
            if (read != pkcs8.Length) throw new CryptographicException("Bytes follow the private key.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
        return Of(key, origin, epoch);
    }

    public int ExportTo(Span<byte> pkcs8) => _key.TryExportPkcs8PrivateKey(pkcs8, out int length)
        ? length
        : throw new CryptographicException($"A private key on P-256 has more than {pkcs8.Length} bytes.");

    /// <summary>Signs the SHA-256 of a text; the signature is in DER.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => _key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    // Disposing clears the private key: .NET's own buffers, and OpenSSL's.
    public void Dispose() => _key.Dispose();

    private static PrivateKey Of(ECDsa key, string origin, long epoch)
    {
        try
        {
            return new PrivateKey(key, origin, epoch);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
