using System.Security.Cryptography;

namespace EzAudit.Sealing.Keys;

/// <summary>A buffer for a private key. The garbage collector never moves it, which would leave a copy behind; disposing zeroes it.</summary>
internal sealed class SecretBytes(int length) : IDisposable
{
    private readonly byte[] _bytes = GC.AllocateArray<byte>(length, pinned: true);

    public Span<byte> Span => _bytes;

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
