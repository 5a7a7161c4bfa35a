using System.Text;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>
/// Converts a field's name to a PARAM-NAME (RFC 5424, 6.3.3): keeps letters, digits and hyphens, and writes a space as <c>_</c> and any other
/// character as the <c>%XX</c> of its UTF-8 bytes, so that the name can be read back. Fails if the result is empty or longer than 32 characters.
/// </summary>
internal static class ParameterName
{
    private const int MostBytes = 32;

    /// <returns>False, with nothing written, if the name does not fit.</returns>
    public static bool TryAppend(MessageBuffer output, string name)
    {
        int start = output.Count;
        // Each character takes at least one byte. Without this check, a name of a megabyte would be converted in full first.
        if (name.Length is 0 or > MostBytes) return false;
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < name.Length;)
        {
            int codePoint = TextEscape.Next(name.AsSpan(i), out int length);
            i += length;
            if (codePoint < 0x80) AppendAscii(output, (char)codePoint);
            else foreach (byte part in utf8[..Encode(codePoint, utf8)]) AppendPercent(output, part);
        }
        if (output.Count - start <= MostBytes) return true;
        output.CutTo(start);
        return false;
    }

    private static void AppendAscii(MessageBuffer output, char c)
    {
        if (char.IsAsciiLetterOrDigit(c) || c == '-') output.Append((byte)c);
        else if (c == ' ') output.Append((byte)'_');
        else AppendPercent(output, (byte)c);
    }

    private static void AppendPercent(MessageBuffer output, byte value)
    {
        output.Append((byte)'%');
        output.Append(value, "X2");
    }

    // Half a surrogate pair has no UTF-8; encoding it the same way in three bytes keeps it readable.
    private static int Encode(int codePoint, Span<byte> utf8)
    {
        if (Rune.TryCreate(codePoint, out Rune rune)) return rune.EncodeToUtf8(utf8);
        utf8[0] = (byte)(0xe0 | (codePoint >> 12));
        utf8[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3f));
        utf8[2] = (byte)(0x80 | (codePoint & 0x3f));
        return 3;
    }
}
