using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;
using EzAudit.Records;

namespace EzAudit.Formats.Output;

/// <summary>Truncates a text that is too long and marks it with the number of missing bytes and the hash of the whole text.</summary>
internal static class CutText
{
    /// <summary>The longest mark: ten digits of N, more than the longest string needs.</summary>
    public const int MaxMarkBytes = AuditFunction.LeastFieldLimit;

    private const int MaxPiece = 4096;

    /// <summary>
    /// The text if it has at most <paramref name="maxBytes"/> bytes of UTF-8; else its start and
    /// <c> ...[+N bytes, sha256=HEX]</c>, together at most that long: the number of bytes left out, the hash of the whole text. If not even
    /// a mark fits, the result is the mark alone.
    /// </summary>
    public static string To(string text, long maxBytes)
    {
        // No character takes more than three bytes.
        if (text.Length * 3L <= maxBytes || CountBytes(text) <= maxBytes) return text;
        int kept = FitChars(text, maxBytes - MaxMarkBytes);
        long missing = CountBytes(text.AsSpan(kept));
        string hash = Convert.ToHexStringLower(Hash(text));
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)} ...[+{missing} bytes, sha256={hash}]");
    }

    /// <summary>The size of a text. A lone surrogate takes three bytes as well, so that different texts never have the same size or hash.</summary>
    public static long CountBytes(ReadOnlySpan<char> text)
    {
        long count = 0;
        for (int i = 0; i < text.Length; i += CharsAt(text, i)) count += BytesAt(text, i);
        return count;
    }

    // How many leading characters fit into a number of bytes; never splits a surrogate pair.
    private static int FitChars(ReadOnlySpan<char> text, long maxBytes)
    {
        long bytes = 0;
        int i = 0;
        while (i < text.Length && bytes + BytesAt(text, i) <= maxBytes)
        {
            bytes += BytesAt(text, i);
            i += CharsAt(text, i);
        }
        return i;
    }

    // The SHA-256 of the bytes.
    private static byte[] Hash(ReadOnlySpan<char> text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(MaxPiece * 3);
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> piece = text[..Math.Min(MaxPiece, text.Length)];
            // Not final: a pair that the end of a chunk splits is carried over to the next one.
            Utf8.FromUtf16(piece, bytes, out int read, out int written, replaceInvalidSequences: false, isFinalBlock: false);
            if (read == 0)
            {
                written = Surrogate(text[0], bytes);
                read = 1;
            }
            hash.AppendData(bytes, 0, written);
            text = text[read..];
        }
        ArrayPool<byte>.Shared.Return(bytes);
        return hash.GetHashAndReset();
    }

    private static int Surrogate(char c, Span<byte> bytes)
    {
        bytes[0] = (byte)(0xe0 | (c >> 12));
        bytes[1] = (byte)(0x80 | ((c >> 6) & 0x3f));
        bytes[2] = (byte)(0x80 | (c & 0x3f));
        return 3;
    }

    private static int CharsAt(ReadOnlySpan<char> text, int i) => IsPairAt(text, i) ? 2 : 1;

    private static int BytesAt(ReadOnlySpan<char> text, int i) =>
        text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : IsPairAt(text, i) ? 4 : 3;

    private static bool IsPairAt(ReadOnlySpan<char> text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
}
