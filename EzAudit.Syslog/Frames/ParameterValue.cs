using System.Buffers;
using System.Text;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>
/// Makes a PARAM-VALUE (RFC 5424, 6.3.3) of a text. Controls and the like are written as <c>\u{h}</c>, the backslash of a literal <c>\u{</c>
/// too; then quotes, backslashes and closing brackets get a backslash before them. So the text can be read back.
/// </summary>
internal static class ParameterValue
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Appends as much of a text as there is room for, up to the end of a character.</summary>
    /// <returns>Whether it was all of it.</returns>
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
