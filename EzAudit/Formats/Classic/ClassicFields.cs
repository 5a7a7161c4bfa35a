namespace EzAudit.Formats.Classic;

/// <summary>Goes through the fields of one classic record in place.</summary>
internal ref struct ClassicFields
{
    private readonly ReadOnlySpan<byte> _lines;
    private readonly ReadOnlySpan<byte> _lineEnd;
    private int _start;
    private int _separator;

    /// <param name="lines">The lines behind the header, without the last line end.</param>
    /// <param name="lineEnd">LF, or CR LF.</param>
    public ClassicFields(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        _lines = lines;
        _lineEnd = lineEnd;
        _separator = FindSeparator(lines);
    }

    public static ClassicFields None => new() { _start = -1 };

    /// <summary>The name as it is written; empty for a first line that is no field.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value as it is written, continuation lines included.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>
    /// Goes on to the next field. A line that is no field is taken for a further line of the value above, since eZ Publish
    /// writes values so.
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

    // Its own line, the continuation lines, and the lines that are no field.
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

    // Where the name ends in the first line; -1 when it is no field.
    private readonly int FindSeparator(ReadOnlySpan<byte> lines)
    {
        int end = lines.IndexOf(_lineEnd);
        return (end < 0 ? lines : lines[..end]).IndexOf(": "u8);
    }
}
