using System.Buffers;
using EzAudit.Formats.Text;

namespace EzAudit.Formats.RecordDiff;

/// <summary>A text in an XML comment, where two hyphens must not stand together and references mean nothing.</summary>
internal readonly struct XmlCommentEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("-"));

    public static char? NotPlain => '-';

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c) || c >= '\ufffe';

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '-') return LineEscape.WriteEscape(ref output, text, at);
        // The last one too: what comes behind it may begin with one.
        if (at + 1 == text.Length || text[at + 1] == '-') ClassicText.WriteEscape(ref output, '-');
        else output.WriteByte((byte)'-');
        return 1;
    }
}
