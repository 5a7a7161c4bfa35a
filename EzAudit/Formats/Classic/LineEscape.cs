using System.Buffers;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.Classic;

/// <summary>Escapes a text for one human-readable line: a line break becomes a blank, other controls are escaped as in the classic format.</summary>
internal readonly struct LineEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.All);

    public static char? NotPlain => PlainAscii.NoOther;

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c);

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        if (LengthOfBreak(text, at) is > 0 and int length)
        {
            output.WriteByte((byte)' ');
            return length;
        }
        ClassicText.WriteEscape(ref output, text[at]);
        return 1;
    }

    /// <summary>The length of the line break at a position; 0 if there is none.</summary>
    public static int LengthOfBreak(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '\r' when at + 1 < text.Length && text[at + 1] == '\n' => 2,
        '\n' or '\v' or '\f' or '\r' or '\u0085' or '\u2028' or '\u2029' => 1,
        _ => 0,
    };
}
