using System.Text;

namespace EzAudit.Formats.Secrets;

/// <summary>Splits a name such as <c>clientSecret</c>, <c>API_KEY</c> or <c>Mot de passe</c> into lower-case words at signs and changes of case.</summary>
internal static class NameWords
{
    /// <summary>Longer names are judged by their start: no key is a page long.</summary>
    private const int MaxLength = 256;

    public static List<string> Of(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxLength) name = name[..MaxLength];
        string text = Ascii.IsValid(name) ? name.ToString() : Composed(name);
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !EndsBefore(text, start, i)) continue;
            if (i > start) words.Add(text[start..i].ToLowerInvariant());
            start = i < text.Length && !IsWordPart(text[i]) ? i + 1 : i;
        }
        return words;
    }

    // "userID2" becomes user, id2; "HTTPToken" becomes http, token.
    private static bool EndsBefore(string text, int start, int i)
    {
        if (!IsWordPart(text[i])) return true;
        if (i == start || !char.IsUpper(text[i])) return false;
        bool endsAcronym = char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]);
        return char.IsLower(text[i - 1]) || char.IsAsciiDigit(text[i - 1]) || endsAcronym;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;

    private static string Composed(ReadOnlySpan<char> name)
    {
        string text = name.ToString();
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            // A lone surrogate has no composed form.
            return text;
        }
    }
}
