using System.Globalization;
using System.Text;

namespace EzAudit.Cli.Output;

/// <summary>Escapes as <c>\u{h}</c>, as log files do, whatever in a text could control a terminal: the contents of a log cannot be trusted.</summary>
internal static class VisibleText
{
    /// <param name="text">Any text.</param>
    /// <param name="keepsLines">Whether to keep line breaks and tabs; otherwise they are escaped too, and the result is one line.</param>
    public static string Of(string text, bool keepsLines = false)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text, first, keepsLines)) first++;
        if (first == text.Length) return text;
        var visible = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (IsHidden(text, i, keepsLines)) visible.Append("\\u{").Append(((int)text[i]).ToString("x", CultureInfo.InvariantCulture)).Append('}');
            else visible.Append(text[i]);
        }
        return visible.ToString();
    }

    /// <summary>Cuts a text to a width and ends it with an ellipsis if something is cut off.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 1)), "…");

    private static bool IsHidden(string text, int index, bool keepsLines)
    {
        char c = text[index];
        if (c is >= ' ' and < '\u007f') return false;
        if (c is '\n' or '\t') return !keepsLines;
        if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff')
            return true;
        if (char.IsHighSurrogate(c)) return index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]);
        return char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
    }
}
