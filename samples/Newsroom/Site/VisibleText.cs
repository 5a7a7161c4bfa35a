using System.Globalization;
using System.Text;

namespace Newsroom.Site;

/// <summary>Makes untrusted text safe to display: characters that affect rendering, such as a change of direction, become <c>\u{h}</c>.</summary>
internal static class VisibleText
{
    public static string Of(string text)
    {
        var visible = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsHidden(text, i)) visible.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[i]:x}}}");
            else visible.Append(text[i]);
        }
        return visible.ToString();
    }

    private static bool IsHidden(string text, int index)
    {
        char c = text[index];
        if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff')
            return true;
        if (char.IsHighSurrogate(c)) return index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]);
        return char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
    }
}
