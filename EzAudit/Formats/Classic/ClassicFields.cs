namespace EzAudit.Formats.Classic;

/// <summary>Enumerates the fields of one classic record in place.</summary>
internal ref struct ClassicFields
{
    private readonly ReadOnlySpan<byte> _lines;
    private readonly ReadOnlySpan<byte> _lineEnd;
    private int _start;
    private int _separator;

    /// <param name="lines">The lines after the header, without the last line end.</param>
    /// <param name="lineEnd">LF, or CR LF.</param>
    public ClassicFields(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        _lines = lines;
        _lineEnd = lineEnd;
        _separator = FindSeparator(lines);
    }

    public static ClassicFields None => new() { _start = -1 };

    /// <summary>The name as written; empty for a first line that is not a field.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value as written, including continuation lines.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>
    /// Advances to the next field. A line that is not a field counts as a further line of the previous value, because eZ Publish
    /// writes multi-line values that way.
    /// </summary>
    public bool MoveNext()
    {
        if (_start < 0) return false;
        int start = _start;
        int separator = _separator;
        int end = FindEnd(start);
        Name = separator < 0 ? default : _lines.Slice(start, separator);
        Value = _lines[(separator < 0 ? start : start + separator + 2)..end];
        return true;
    }

    // Its own line, the continuation lines, and the lines that are not fields.
    private int FindEnd(int end)
    {
        while (true)
        {
            int length = _lines[end..].IndexOf(_lineEnd);
            if (length < 0)
            {
                _start = -1;
                return _lines.Length;
            }
            end += length;
            int next = end + _lineEnd.Length;
            bool continues = next < _lines.Length && _lines[next] == '\t';
            _separator = continues ? -1 : FindSeparator(_lines[next..]);
            if (_separator >= 0)
            {
                _start = next;
                return end;
            }
            end = next;
        }
    }

    // The end of the name in the first line; -1 if it is not a field.
    private readonly int FindSeparator(ReadOnlySpan<byte> lines)
    {
        int end = lines.IndexOf(_lineEnd);
        return (end < 0 ? lines : lines[..end]).IndexOf(": "u8);
    }
}
