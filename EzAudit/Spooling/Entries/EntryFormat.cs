using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Spooling.Entries;

/// <summary>
/// What an entry of the spool holds: a record with everything that is known of it, and what its sender prepared. Texts are stored without loss,
/// including halves of surrogate pairs.
/// </summary>
/// <remarks>
/// Layout: size of the record (4 bytes), its time in ticks (8), flags (1), its place in the ledger (two numbers of 8 bytes and a text), its texts, number of
/// fields, their texts; then what the sender prepared. What a flag announces may be absent.
/// </remarks>
internal static class EntryFormat
{
    private const int SizeBytes = sizeof(int);
    private const int TimeBytes = sizeof(long);
    private const byte HasSession = 1;
    private const byte HasTrace = 2;
    private const byte HasPlace = 4;
    private const int FlagsOffset = SizeBytes + TimeBytes;
    private const int MostOfNumber = 5;

    /// <summary>Writes the record; what its sender prepared is to follow.</summary>
    public static void Write(in AuditRecordView record, ArrayBufferWriter<byte> output)
    {
        int start = output.WrittenCount;
        Span<byte> head = output.GetSpan(FlagsOffset + 1);
        BinaryPrimitives.WriteInt64LittleEndian(head[SizeBytes..], record.Time.UtcTicks);
        head[FlagsOffset] = (byte)((record.Session is null ? 0 : HasSession) | (record.Trace is null ? 0 : HasTrace) | (record.Place is null ? 0 : HasPlace));
        output.Advance(FlagsOffset + 1);
        if (record.Place is { } place) WritePlace(place, output);
        WriteText(record.Function.Name, output);
        WriteText(record.Address, output);
        WriteText(record.Actor.Login, output);
        WriteText(record.Actor.Id, output);
        if (record.Session is { } session) WriteText(session, output);
        if (record.Trace is { } trace) WriteText(trace, output);
        WriteNumber((uint)record.Fields.Length, output);
        foreach (ref readonly AuditField field in record.Fields)
        {
            WriteText(field.Name, output);
            WriteText(field.Value, output);
        }
        int size = output.WrittenCount - start - SizeBytes;
        BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(output.WrittenMemory[start..]).Span, size);
    }

    /// <summary>What the sender prepared.</summary>
    public static ReadOnlyMemory<byte> BytesOf(ReadOnlyMemory<byte> entry) => entry[(SizeBytes + BinaryPrimitives.ReadInt32LittleEndian(entry.Span))..];

    /// <summary>The name of the record's function.</summary>
    public static string FunctionOf(ReadOnlySpan<byte> entry)
    {
        EntryReader reader = ReaderOf(entry);
        if (Has(entry, HasPlace)) reader.SkipPlace();
        return reader.ReadText();
    }

    /// <summary>Where a sealed log file contains the record; <see langword="null"/> if the entry does not say.</summary>
    public static AuditLedgerPlace? PlaceOf(ReadOnlySpan<byte> entry) => Has(entry, HasPlace) ? ReaderOf(entry).ReadPlace() : null;

    public static AuditRecord Read(ReadOnlySpan<byte> entry)
    {
        var time = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(entry[SizeBytes..]), TimeSpan.Zero);
        EntryReader reader = ReaderOf(entry);
        if (Has(entry, HasPlace)) reader.SkipPlace();
        string function = reader.ReadText();
        string address = reader.ReadText();
        var actor = new AuditActor(reader.ReadText(), reader.ReadText());
        string? session = Has(entry, HasSession) ? reader.ReadText() : null;
        string? trace = Has(entry, HasTrace) ? reader.ReadText() : null;
        var fields = new AuditField[reader.ReadNumber()];
        for (int i = 0; i < fields.Length; i++) fields[i] = new AuditField(reader.ReadText(), reader.ReadText());
        return new AuditRecord((time, address, actor), fields) { Function = function, Session = session, Trace = trace };
    }

    private static bool Has(ReadOnlySpan<byte> entry, byte flag) => (entry[FlagsOffset] & flag) != 0;

    private static EntryReader ReaderOf(ReadOnlySpan<byte> entry) => new(entry[(FlagsOffset + 1)..]);

    private static void WritePlace(in AuditLedgerPlace place, ArrayBufferWriter<byte> output)
    {
        Span<byte> numbers = output.GetSpan(2 * sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(numbers, place.File);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], place.Offset);
        output.Advance(2 * sizeof(long));
        WriteText(place.Ledger, output);
    }

    // The length says in its lowest bit whether the text is UTF-16, because UTF-8 cannot hold half a surrogate pair.
    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        if (text.Length == 0)
        {
            WriteNumber(0, output);
            return;
        }
        Span<byte> room = output.GetSpan(MostOfNumber + Encoding.UTF8.GetMaxByteCount(text.Length));
        // The size of a length that is known only afterwards: that of short texts, or else as much as needed.
        int prefix = text.Length * 3 < 64 ? 1 : MostOfNumber;
        if (Utf8.FromUtf16(text, room[prefix..], out _, out int count, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            int used = WriteNumber((uint)count << 1, room);
            if (used != prefix) room.Slice(prefix, count).CopyTo(room[used..]);
            output.Advance(used + count);
            return;
        }
        ReadOnlySpan<byte> halves = MemoryMarshal.AsBytes(text.AsSpan());
        int length = WriteNumber(((uint)halves.Length << 1) | 1, room);
        halves.CopyTo(room[length..]);
        output.Advance(length + halves.Length);
    }

    private static void WriteNumber(uint number, ArrayBufferWriter<byte> output) => output.Advance(WriteNumber(number, output.GetSpan(MostOfNumber)));

    private static int WriteNumber(uint number, Span<byte> output)
    {
        int count = 0;
        for (; number >= 0x80; number >>= 7) output[count++] = (byte)(number | 0x80);
        output[count++] = (byte)number;
        return count;
    }
}
