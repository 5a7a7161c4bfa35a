using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EzAudit.Sealing.Tree;

/// <summary>Standard, padded base64 of which every value has exactly one text: what decodes but would be encoded otherwise is rejected.</summary>
internal static class CanonicalBase64
{
    private const int MaxStack = 256;

    /// <summary>Decodes a text that stands for exactly as many bytes as <paramref name="bytes"/> has. What it holds is undefined if the result is <see langword="false"/>.</summary>
    public static bool TryDecodeExactly(ReadOnlySpan<byte> utf8, Span<byte> bytes)
    {
        // .NET's decoder skips white space, and no document says what it does with bits that the last character has left over.
        if (utf8.Length != Base64.GetMaxEncodedToUtf8Length(bytes.Length)) return false;
        if (Base64.DecodeFromUtf8(utf8, bytes, out int consumed, out int written) != OperationStatus.Done) return false;
        return consumed == utf8.Length && written == bytes.Length && EncodesTo(bytes, utf8);
    }

    /// <summary>Decodes a text of any length.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (utf8.Length % 4 != 0) return false;
        int padding = utf8.EndsWith("=="u8) ? 2 : utf8.EndsWith("="u8) ? 1 : 0;
        var decoded = new byte[utf8.Length / 4 * 3 - padding];
        if (!TryDecodeExactly(utf8, decoded)) return false;
        bytes = decoded;
        return true;
    }

    /// <inheritdoc cref="TryDecode(ReadOnlySpan{byte}, out byte[])"/>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return Ascii.IsValid(text) && TryDecode(Encoding.ASCII.GetBytes(text), out bytes);
    }

    private static bool EncodesTo(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> utf8)
    {
        byte[]? rented = utf8.Length > MaxStack ? ArrayPool<byte>.Shared.Rent(utf8.Length) : null;
        Span<byte> encoded = rented ?? stackalloc byte[MaxStack];
        Base64.EncodeToUtf8(bytes, encoded, out _, out int length);
        bool same = encoded[..length].SequenceEqual(utf8);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return same;
    }
}
