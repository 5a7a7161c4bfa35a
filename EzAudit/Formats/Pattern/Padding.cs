using EzAudit.Formats.Output;

namespace EzAudit.Formats.Pattern;

/// <summary>The modifiers of a conversion, <c>%-5.10x</c>: its minimum and maximum width. Counts characters, not bytes.</summary>
/// <param name="Least">The minimum width, reached by adding blanks.</param>
/// <param name="Most">The maximum width; the end of a longer text is kept.</param>
/// <param name="IsLeft">Whether the blanks follow the text.</param>
internal readonly record struct Padding(int Least, int Most, bool IsLeft)
{
    public static Padding None => new(0, int.MaxValue, IsLeft: false);

    public void Write(ref Utf8Output line, ReadOnlySpan<byte> text)
    {
        int width = CountCharacters(text);
        if (width > Most) text = SkipCharacters(text, width - Most);
        int blanks = Math.Max(0, Least - Math.Min(width, Most));
        if (!IsLeft) WriteBlanks(ref line, blanks);
        line.Write(text);
        if (IsLeft) WriteBlanks(ref line, blanks);
    }

    private static void WriteBlanks(ref Utf8Output line, int count)
    {
        for (; count > 0; count--) line.WriteByte((byte)' ');
    }

    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte b in text) count += BeginsCharacter(b) ? 1 : 0;
        return count;
    }

    private static ReadOnlySpan<byte> SkipCharacters(ReadOnlySpan<byte> text, int count)
    {
        int at = 0;
        for (; at < text.Length; at++)
        {
            if (BeginsCharacter(text[at]) && count-- == 0) break;
        }
        return text[at..];
    }

    private static bool BeginsCharacter(byte b) => (b & 0xc0) != 0x80;
}
