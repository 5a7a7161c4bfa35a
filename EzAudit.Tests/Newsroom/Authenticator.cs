using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace EzAudit.Tests.Newsroom;

/// <summary>An authenticator app: codes from a key and the time (RFC 6238).</summary>
internal static class Authenticator
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6238 wants SHA-1.")]
    public static string CodeOf(string key)
    {
        Span<byte> step = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        byte[] digest = HMACSHA1.HashData(BytesOf(key), step);
        int number = BinaryPrimitives.ReadInt32BigEndian(digest.AsSpan(digest[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] BytesOf(string key)
    {
        string bits = string.Concat(key.Select(letter => Base32.IndexOf(letter, StringComparison.Ordinal).ToString("b5", CultureInfo.InvariantCulture)));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(place => Convert.ToByte(bits.Substring(place * 8, 8), 2))];
    }
}
