using System.Buffers.Text;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Writes fields as most records have them, texts of plain ASCII and whole numbers; leaves all others to <see cref="ClassicFormat"/>.</summary>
/// <remarks>
/// Fast on purpose: where it writes to stays in a register, and a field is asked once what it is. Writes the same bytes as the way for all
/// records. Proven by the benchmarks FormatCost and side-by-side.
/// </remarks>
internal static class PlainFields
{
    // Between and behind the texts; a number of twenty characters and its line end is the most.
    private const int Slack = 24;

    /// <summary>Writes a line for each field. False: one of them is not plain or does not fit, and what was written means nothing.</summary>
    public static bool TryWrite(ReadOnlySpan<AuditField> fields, Span<byte> output, out int written)
    {
        written = 0;
        int at = 0;
        foreach (ref readonly AuditField field in fields)
        {
            string name = field.Name;
            if (output.Length - at < name.Length + Slack || !PlainAscii.TryNarrow(name, output[at..], ':')) return false;
            at += name.Length;
            output[at] = (byte)':';
            output[at + 1] = (byte)' ';
            at += 2;
            if (field.Text is { } text)
            {
                if (output.Length - at < text.Length + Slack || !PlainAscii.TryNarrow(text, output[at..], PlainAscii.NoOther)) return false;
                at += text.Length;
            }
            else if (field.Kind == AuditFieldKind.Integer && Utf8Formatter.TryFormat(field.Integer, output[at..], out int digits))
            {
                at += digits;
            }
            else
            {
                return false;
            }
            output[at++] = (byte)'\n';
        }
        written = at;
        return true;
    }
}
