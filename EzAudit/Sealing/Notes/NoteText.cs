using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EzAudit.Sealing.Notes;

/// <summary>The rules for texts in signed notes and verification keys.</summary>
internal static class NoteText
{
    private const int DeleteCharacter = 0x7f;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text can name a key and be the origin of a checkpoint: not empty, no white space, no control character, no <c>+</c>, valid Unicode.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return false;
        while (!text.IsEmpty)
        {
            // Half of a surrogate pair could not be written as UTF-8.
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int length) != OperationStatus.Done) return false;
            if (rune.Value is < ' ' or DeleteCharacter or '+' || Rune.IsWhiteSpace(rune)) return false;
            text = text[length..];
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
