using EzAudit.Formats.InPlace;

namespace EzAudit.Reading.Matching;

/// <summary>A condition on texts, tested on their bytes in place where possible. Immutable.</summary>
/// <remarks>Optimized for speed: a text is decoded only if its bytes cannot decide. Measured by the benchmark read-back.</remarks>
internal sealed class TextTest
{
    private readonly byte[]? _bytes;
    private readonly bool _isContained;
    private readonly Func<string, bool> _matches;

    private TextTest(byte[]? bytes, bool isContained, Func<string, bool> matches)
    {
        _bytes = bytes;
        _isContained = isContained;
        _matches = matches;
    }

    public static TextTest Equal(string text, StringComparison comparison = StringComparison.Ordinal) =>
        new(comparison == StringComparison.Ordinal ? PlainText.TryBytes(text) : null, isContained: false, other => other.Equals(text, comparison));

    public static TextTest Containing(string text, StringComparison comparison) =>
        new(comparison == StringComparison.Ordinal ? PlainText.TryBytes(text) : null, isContained: true, other => other.Contains(text, comparison));

    public static TextTest Matching(Func<string, bool> matches) => new(null, isContained: false, matches);

    /// <summary>Whether the bytes of a record rule out that one of its texts matches.</summary>
    public bool IsRuledOut(in RecordView view, bool hasEscapes) => _bytes is not null && !hasEscapes && view.Text.IndexOf(_bytes) < 0;

    /// <param name="view">The record.</param>
    /// <param name="text">One of its texts, as written.</param>
    /// <param name="hasEscapes">Whether there is an escape in the record.</param>
    public bool Matches(in RecordView view, ReadOnlySpan<byte> text, bool hasEscapes)
    {
        if (_bytes is null || (hasEscapes && view.Syntax.HasEscape(text))) return _matches(view.ReadText(text));
        return _isContained ? text.IndexOf(_bytes) >= 0 : text.SequenceEqual(_bytes);
    }
}
