using System.Globalization;
using System.Text;

namespace EzAudit.Settings.Ini;

/// <summary>Formats a text from a settings file for a message: quoted, on one line, and shortened.</summary>
internal static class Quoted
{
    private const int MaxLength = 80;

    public static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (IsVisible(c)) quoted.Append(c);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
        }
        if (text.Length > MaxLength) quoted.Append("...");
        return quoted.Append('"').ToString();
    }

    /// <summary><c>"a", "b" or "c"</c></summary>
    public static string Choice(IEnumerable<string> texts)
    {
        string[] quoted = [.. texts.Select(Text)];
        return quoted.Length < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
    }

    private static bool IsVisible(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
