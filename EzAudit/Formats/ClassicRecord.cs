using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>Turns the lines of one classic record into the record.</summary>
internal static class ClassicRecord
{
    /// <summary>The record; <see langword="null"/> when its first line is no header.</summary>
    /// <param name="lines">Header and fields, without the last line end and the empty line.</param>
    /// <param name="lineEnd">LF, or CR LF.</param>
    /// <param name="time">What knows the zone of the log.</param>
    /// <param name="isSound">
    /// Whether all of it is what EzAudit or eZ Publish with texts of one line writes. A line that is no field is taken for a
    /// further line of the value above, since eZ Publish writes values so.
    /// </param>
    public static AuditRecord? Parse(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd, ClassicTime time, out bool isSound)
    {
        isSound = Utf8.IsValid(lines) && !lines.Contains((byte)0);
        int headerEnd = lines.IndexOf(lineEnd);
        ReadOnlySpan<byte> header = headerEnd < 0 ? lines : lines[..headerEnd];
        if (!ClassicHeader.TryParse(header, out DateTime localTime, out string address, out AuditActor? actor)) return null;
        var fields = new List<AuditField>();
        if (headerEnd >= 0) isSound &= ReadFields(lines[(headerEnd + lineEnd.Length)..], lineEnd, fields);
        return new AuditRecord(time.ToInstant(localTime), address, actor!, CollectionsMarshal.AsSpan(fields));
    }

    private static bool ReadFields(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd, List<AuditField> fields)
    {
        bool isSound = true;
        int start = 0;
        int separator = FindSeparator(lines, lineEnd);
        while (true)
        {
            int end = start;
            int nextSeparator;
            // One field: its own line, the continuation lines, and the lines that are no field.
            while (true)
            {
                int length = lines[end..].IndexOf(lineEnd);
                if (length < 0)
                {
                    end = lines.Length;
                    nextSeparator = -1;
                    break;
                }
                end += length;
                ReadOnlySpan<byte> next = lines[(end + lineEnd.Length)..];
                bool continues = !next.IsEmpty && next[0] == '\t';
                nextSeparator = continues ? -1 : FindSeparator(next, lineEnd);
                if (nextSeparator >= 0) break;
                isSound &= continues;
                end += lineEnd.Length;
            }
            isSound &= separator >= 0;
            fields.Add(separator < 0
                ? new AuditField("", Text(lines[start..end], lineEnd))
                : new AuditField(Text(lines.Slice(start, separator), lineEnd), Text(lines[(start + separator + 2)..end], lineEnd)));
            if (nextSeparator < 0) return isSound;
            start = end + lineEnd.Length;
            separator = nextSeparator;
        }
    }

    // Where the name ends in the first line; -1 when it is no field.
    private static int FindSeparator(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        int end = lines.IndexOf(lineEnd);
        return (end < 0 ? lines : lines[..end]).IndexOf(": "u8);
    }

    private static string Text(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> lineEnd)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (bytes.IndexOf((byte)'\n') >= 0)
        {
            if (lineEnd.Length == 2) text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
            text = text.Replace("\n\t", "\n", StringComparison.Ordinal);
        }
        return ClassicText.Unescape(text);
    }
}
