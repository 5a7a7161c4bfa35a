using EzAudit.Formats;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>A test of a field, asked of the bytes of a classic record that has no escape.</summary>
internal sealed class FieldPlace(AuditFieldTest test, bool ignoreCase, Func<string, bool> isMet)
{
    private readonly byte[]? _name = PlainText.TryBytes(test.Name);
    private readonly byte[]? _text = ignoreCase || test.Comparison == AuditFieldComparison.Matches ? null : PlainText.TryBytes(test.Text);
    private readonly bool _isContained = test.Comparison == AuditFieldComparison.Contains;

    /// <summary><see langword="null"/> when only the record itself can tell.</summary>
    public bool? IsMet(in ClassicView view)
    {
        if (_name is null) return null;
        for (ClassicFields fields = view.Fields; fields.MoveNext();)
        {
            if (fields.Name.SequenceEqual(_name) && IsMet(fields.Value, view.LineEndLength)) return true;
        }
        return false;
    }

    private bool IsMet(ReadOnlySpan<byte> value, int lineEndLength)
    {
        if (_text is null) return isMet(ClassicText.ReadLines(value, ClassicView.LineEnd(lineEndLength)));
        return _isContained ? value.IndexOf(_text) >= 0 : value.SequenceEqual(_text);
    }
}
