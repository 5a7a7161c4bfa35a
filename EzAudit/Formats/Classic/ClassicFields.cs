using EzAudit.Formats.InPlace;

namespace EzAudit.Formats.Classic;

/// <summary>Finds the fields of a classic record in its lines after the header.</summary>
internal static class ClassicFields
{
    /// <summary>
    /// Advances to the next field. A line that is not a field counts as a further line of the previous value, because eZ Publish
    /// writes multi-line values that way.
    /// </summary>
    public static bool MoveNext(ref RecordFields fields)
    {
        ReadOnlySpan<byte> lines = fields.Bytes;
        ReadOnlySpan<byte> lineEnd = ClassicView.LineEnd(fields.LineEndLength);
        int start = fields.Next;
        int separator = start == 0 ? FindSeparator(lines, lineEnd) : fields.NextNameLength;
        int end = FindEnd(ref fields, lines, lineEnd);
        fields.Name = separator < 0 ? default : lines.Slice(start, separator);
        fields.Value = lines[(separator < 0 ? start : start + separator + 2)..end];
        return true;
    }

    // Its own line, the continuation lines, and the lines that are not fields.
    private static int FindEnd(ref RecordFields fields, ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        int end = fields.Next;
        while (true)
        {
            int length = lines[end..].IndexOf(lineEnd);
            if (length < 0)
            {
                fields.Next = -1;
                return lines.Length;
            }
            end += length;
            int next = end + lineEnd.Length;
            bool continues = next < lines.Length && lines[next] == '\t';
            int separator = continues ? -1 : FindSeparator(lines[next..], lineEnd);
            if (separator >= 0)
            {
                fields.NextNameLength = separator;
                fields.Next = next;
                return end;
            }
            end = next;
        }
    }

    // The end of the name in the first line; -1 if it is not a field.
    private static int FindSeparator(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        int end = lines.IndexOf(lineEnd);
        return (end < 0 ? lines : lines[..end]).IndexOf(": "u8);
    }
}
