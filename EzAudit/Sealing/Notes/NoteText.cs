using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EzAudit.Sealing.Notes;

/// <summary>The rules for texts in signed notes and verification keys.</summary>
internal static class NoteText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text can name a key and be the origin of a checkpoint: not empty, no white space, no control character, no <c>+</c>, valid Unicode.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune.Value == '+') return false;
            // The enumerator shows half of a surrogate pair as the replacement character; a real one is no name either, as damaged bytes would decode to it.
            if (rune == Rune.ReplacementChar) return false;
        }
        return true;
    }

    /// <summary>Reads a number that has digits only, no leading zero, and fits.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text[0] == '0' && text.Length > 1) return false;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Decodes UTF-8; <see langword="false"/> if a byte does not belong.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        text = System.Text.Unicode.Utf8.IsValid(utf8) ? StrictUtf8.GetString(utf8) : null;
        return text is not null;
    }
}
