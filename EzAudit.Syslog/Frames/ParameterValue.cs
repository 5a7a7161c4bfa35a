using System.Buffers;
using System.Text;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>
/// Converts text to a PARAM-VALUE (RFC 5424, 6.3.3). Control characters and the like are written as <c>\u{h}</c>, and so is the backslash of a
/// literal <c>\u{</c>. Quotes, other backslashes and closing brackets are escaped with a backslash. The text can be read back.
/// </summary>
internal static class ParameterValue
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Appends as much of the text as fits, ending at a character boundary.</summary>
    /// <returns>Whether all of it fit.</returns>
    public static bool Append(MessageBuffer output, ReadOnlySpan<char> text, int most)
    {
        if (text.Length <= most && !text.ContainsAnyExcept(Plain))
        {
            output.Append(text);
            return true;
        }
        int start = output.Count;
        for (int i = 0; i < text.Length;)
        {
            int before = output.Count;
            i += AppendNext(output, text[i..]);
            if (output.Count - start <= most) continue;
            output.CutTo(before);
            return false;
        }
        return true;
    }

    private static int AppendNext(MessageBuffer output, ReadOnlySpan<char> text)
    {
        int codePoint = TextEscape.Next(text, out int length);
        if (TextEscape.Needs(codePoint) || text.StartsWith("\\u{"))
        {
            output.Append((byte)'\\');
            TextEscape.Append(output, codePoint);
            return length;
        }
        if (codePoint is '"' or '\\' or ']') output.Append((byte)'\\');
        output.Append(new Rune(codePoint));
        return length;
    }
}
