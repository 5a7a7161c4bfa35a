using System.Buffers;
using System.Buffers.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Formats.Classic;

/// <summary>The default format: the text that eZ Publish writes, with escapes where its own could not be read back.</summary>
/// <remarks>Optimized for speed: every record of most applications goes through it, without allocation. Measured by its benchmark and by side-by-side.</remarks>
/// <param name="zone">The zone of the times.</param>
/// <param name="namesFunction">Whether each record states its function.</param>
internal sealed class ClassicFormat(DateTimeZone zone, bool namesFunction = false) : IAuditFormat
{
    // The separators of a field; a number of twenty characters with its line end is the longest.
    private const int Slack = 24;

    private readonly ClassicTime _time = new(zone);
    private ClassicHead _head = new(-1, "", new AuditActor("", ""), []);

    /// <summary>Reads its records in place.</summary>
    public ClassicSyntax Syntax { get; } = new(new ClassicTime(zone));

    public ReadOnlySpan<byte> Terminator => "\n\n"u8;

    public ReadOnlySpan<byte> Start => "[ "u8;

    // Cannot occur in a text: the backslash of a literal \u{ is always escaped.
    public ReadOnlySpan<byte> TornTailEnd => ClassicPiece.TornTailEnd;

    public bool CanRead => true;

    public void Write(in AuditRecordView record, IBufferWriter<byte> output)
    {
        var bytes = new Utf8Output(output);
        long second = record.Time.UtcTicks / TimeSpan.TicksPerSecond;
        ClassicHead head = Volatile.Read(ref _head);
        if (head.Second != second) head = KeepHead(record, second);
        if (head.Fits(record.Address, record.Actor)) bytes.Write(head.Bytes);
        else WriteHead(ref bytes, record);
        if (TryWritePlain(record.Fields, bytes.Room(1), out int written)) bytes.Advance(written);
        else WriteFields(ref bytes, record.Fields);
        if (namesFunction || record.Function.IsNamedInRecords) WriteFunction(ref bytes, record.Function.Name);
        bytes.WriteByte((byte)'\n');
        bytes.Flush();
    }

    // At most once a second: with many actors, most records would be the first of theirs.
    private ClassicHead KeepHead(in AuditRecordView record, long second)
    {
        var kept = new ArrayBufferWriter<byte>();
        var bytes = new Utf8Output(kept);
        WriteHead(ref bytes, record);
        bytes.Flush();
        var head = new ClassicHead(second, record.Address, record.Actor, kept.WrittenSpan.ToArray());
        Volatile.Write(ref _head, head);
        return head;
    }

    private void WriteHead(ref Utf8Output bytes, in AuditRecordView record)
    {
        bytes.Write(_time.Head(record.Time));
        ClassicText.WriteAddress(ref bytes, record.Address);
        bytes.Write("] ["u8);
        ClassicText.WriteLogin(ref bytes, record.Actor.Login);
        bytes.WriteByte((byte)':');
        ClassicText.WriteId(ref bytes, record.Actor.Id);
        bytes.Write("]\n"u8);
    }

    // The common kinds, plain ASCII texts and whole numbers, written like all others but in one pass: the output position stays in a register, and the type of a
    // field is tested once. False if a field is of another kind or does not fit; the output is then invalid.
    private static bool TryWritePlain(ReadOnlySpan<AuditField> fields, Span<byte> output, out int written)
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

    private static void WriteFields(ref Utf8Output bytes, ReadOnlySpan<AuditField> fields)
    {
        foreach (ref readonly AuditField field in fields)
        {
            ClassicText.WriteName(ref bytes, field.Name);
            bytes.Write(": "u8);
            if (!bytes.TryWriteNumber(in field)) ClassicText.WriteValue(ref bytes, field.Value);
            bytes.WriteByte((byte)'\n');
        }
    }

    private static void WriteFunction(ref Utf8Output bytes, string function)
    {
        bytes.Write(ClassicSyntax.FunctionStart);
        ClassicText.WriteValue(ref bytes, function);
        bytes.WriteByte((byte)'\n');
    }

    public AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal) => Syntax.Read(bytes, isFinal);
}

/// <summary>A prepared first line for all records of one second with the same address and actor. Immutable, so threads share it without a lock.</summary>
internal sealed record ClassicHead(long Second, string Address, AuditActor Actor, byte[] Bytes)
{
    /// <summary>Whether it applies to a record of this second: compares references, since applications pass the same objects for many records.</summary>
    public bool Fits(string address, AuditActor actor) => ReferenceEquals(Address, address) && ReferenceEquals(Actor, actor);
}
