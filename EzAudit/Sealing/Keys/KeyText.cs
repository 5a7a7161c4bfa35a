using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Keys;

/// <summary>The text of a key file: four lines, with the origin, the epoch, and the private key as base64 of PKCS#8. No copy of the key is left in memory.</summary>
internal static class KeyText
{
    /// <summary>No key file is longer, in bytes.</summary>
    public const int MaxLength = 4096;

    private const byte LineFeed = (byte)'\n';
    private const int MaxPrivateBytes = 512;

    private static ReadOnlySpan<byte> Header => "ezaudit-seal-key v1"u8;

    /// <summary>Writes a key; returns the number of bytes.</summary>
    /// <exception cref="ArgumentException">The origin is too long.</exception>
    public static int Format(PrivateKey key, Span<byte> text)
    {
        byte[] start = [.. Header, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{key.Public.Key.Name}\n{key.Public.Epoch}\n"))];
        if (start.Length + Base64.GetMaxEncodedToUtf8Length(MaxPrivateBytes) >= text.Length)
            throw new ArgumentException($"The origin of a key is too long: its file would have more than {text.Length} bytes.", nameof(key));
        start.CopyTo(text);
        using var secret = new SecretBytes(MaxPrivateBytes);
        int length = key.ExportTo(secret.Span);
        if (Base64.EncodeToUtf8(secret.Span[..length], text[start.Length..], out _, out int written) != OperationStatus.Done)
            throw new CryptographicException("A private key could not be encoded.");
        text[start.Length + written] = LineFeed;
        return start.Length + written + 1;
    }

    /// <summary>Reads a key; <see langword="null"/> if the text is damaged.</summary>
    /// <param name="text">The bytes of the file.</param>
    /// <param name="problem">What was found, if the result is <see langword="null"/>.</param>
    public static PrivateKey? TryParse(ReadOnlySpan<byte> text, out string problem)
    {
        problem = "the origin or the epoch is damaged";
        if (!text.ContainsAnyExcept((byte)0)) problem = "it contains only zeros: the key was destroyed";
        else if (!TakeLine(ref text).SequenceEqual(Header)) problem = "its first line is not \"ezaudit-seal-key v1\"";
        else if (NoteText.TryDecode(TakeLine(ref text), out string? origin) && NoteText.IsName(origin)
            && NoteText.TryDecode(TakeLine(ref text), out string? number) && NoteText.TryParseNumber(number, out long epoch))
        {
            return Import(text, origin, epoch, out problem);
        }
        return null;
    }

    private static PrivateKey? Import(ReadOnlySpan<byte> text, string origin, long epoch, out string problem)
    {
        problem = "the private key is damaged";
        ReadOnlySpan<byte> line = TakeLine(ref text);
        using var secret = new SecretBytes(MaxPrivateBytes);
        if (line.IsEmpty || !text.IsEmpty || Base64.DecodeFromUtf8(line, secret.Span, out _, out int length) != OperationStatus.Done) return null;
        try
        {
            return PrivateKey.Import(secret.Span[..length], origin, epoch);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            // The last one is .NET's answer to the identifier of an unknown curve.
            return null;
        }
    }

    // A line without its line feed was written only in part: empty, which is not valid anywhere.
    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf(LineFeed);
        ReadOnlySpan<byte> line = end < 0 ? default : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line;
    }
}
