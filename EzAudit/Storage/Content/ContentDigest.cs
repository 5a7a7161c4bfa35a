using System.Security.Cryptography;

namespace EzAudit.Storage.Content;

/// <summary>The length and SHA-256 of a content; two contents with equal digests are the same.</summary>
internal sealed record ContentDigest(long Length, string Sha256)
{
    private const int BufferSize = 128 << 10;

    /// <summary>Reads a stream to its end, optionally copying it.</summary>
    public static ContentDigest Of(Stream source, Stream? copy = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        long length = 0;
        int count;
        while ((count = source.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            copy?.Write(buffer, 0, count);
            length += count;
        }
        return new ContentDigest(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
