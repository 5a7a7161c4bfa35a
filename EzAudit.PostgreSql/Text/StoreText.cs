using System.Globalization;
using System.Text;

namespace EzAudit.PostgreSql.Text;

/// <summary>
/// Writes any text so that PostgreSQL stores it: NUL and lone surrogates, which it refuses, become <c>\u{0}</c> and <c>\u{d800}</c>, and the backslash of a
/// literal <c>\u{</c> becomes <c>\u{5c}</c>, as in the classic format. Reading undoes writing for every text.
/// </summary>
internal static class StoreText
{
    private const string Start = @"\u{";

    public static string Encode(string text)
    {
        int first = FirstEscaped(text, 0);
        if (first < 0) return text;
        var encoded = new StringBuilder(text.Length + 16);
        int done = 0;
        for (int at = first; at >= 0; at = FirstEscaped(text, at + 1))
        {
            encoded.Append(text, done, at - done).Append(CultureInfo.InvariantCulture, $"{Start}{(int)text[at]:x}}}");
            done = at + 1;
        }
        return encoded.Append(text, done, text.Length - done).ToString();
    }

    public static string Decode(string text)
    {
        int at = text.IndexOf(Start, StringComparison.Ordinal);
        if (at < 0) return text;
        var decoded = new StringBuilder(text.Length);
        int done = 0;
        for (; at >= 0; at = text.IndexOf(Start, done, StringComparison.Ordinal))
        {
            decoded.Append(text, done, at - done);
            int end = text.IndexOf('}', at);
            // Only Encode writes this store; anything else is kept as it is.
            bool isEscape = end > 0 && int.TryParse(text.AsSpan(at + Start.Length, end - at - Start.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                && code is >= 0 and <= char.MaxValue && Append(decoded, (char)code);
            if (!isEscape) decoded.Append(Start);
            done = isEscape ? end + 1 : at + Start.Length;
        }
        return decoded.Append(text, done, text.Length - done).ToString();
    }

    private static bool Append(StringBuilder text, char c)
    {
        text.Append(c);
        return true;
    }

    private static int FirstEscaped(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\0' || (c == '\\' && text.AsSpan(i).StartsWith(Start))) return i;
            if (!char.IsSurrogate(c)) continue;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else return i;
        }
        return -1;
    }
}
