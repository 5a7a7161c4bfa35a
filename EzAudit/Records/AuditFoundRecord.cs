namespace EzAudit.Records;

/// <summary>A record found by a search, with its place. Immutable. Retains the bytes of the record, but not the rest of the file.</summary>
public sealed class AuditFoundRecord
{
    private readonly Func<ReadOnlyMemory<byte>, AuditRecord>? _read;
    private AuditRecord? _record;

    /// <summary>Initializes a found record; for tests of code that handles them.</summary>
    /// <param name="file">The file that contains it.</param>
    /// <param name="record">The record.</param>
    public AuditFoundRecord(AuditLogFile file, AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(record);
        File = file;
        Time = record.Time;
        _record = record;
    }

    internal AuditFoundRecord(AuditLogFile file, long offset, ReadOnlyMemory<byte> bytes, DateTimeOffset time, bool isDoubtful, Func<ReadOnlyMemory<byte>, AuditRecord> read)
    {
        File = file;
        Offset = offset;
        Bytes = bytes;
        Time = time;
        IsDoubtful = isDoubtful;
        _read = read;
    }

    /// <summary>The file that contains it.</summary>
    public AuditLogFile File { get; }

    /// <summary>The offset of its first byte, from 0; in a compressed file, of the decompressed text.</summary>
    public long Offset { get; init; }

    /// <summary>The number of bytes it covers, including its terminator.</summary>
    public int Length => Bytes.Length;

    /// <summary>Its bytes as they are in the file, including its terminator.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The time of the event, in UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Whether it is unreliable, because part of it is not what a writer produces. A problem with its offset is reported as well.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>The record itself. Parsed from the bytes on first use.</summary>
    public AuditRecord Record => _record ??= _read!(Bytes);

    /// <summary>
    /// Its function: the one it names, else that of its file, else the one whose definition has exactly its fields; <see langword="null"/> if the file
    /// contains several functions and the record matches none of them uniquely.
    /// </summary>
    public string? Function => File.FunctionOf(Record);
}
