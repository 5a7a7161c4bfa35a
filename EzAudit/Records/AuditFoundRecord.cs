namespace EzAudit.Records;

/// <summary>A record that a search found, and where. Immutable; keeps the bytes of the record and nothing else of the file.</summary>
public sealed class AuditFoundRecord
{
    private readonly Func<ReadOnlyMemory<byte>, AuditRecord> _read;
    private AuditRecord? _record;

    internal AuditFoundRecord(AuditLogFile file, long offset, ReadOnlyMemory<byte> bytes, DateTimeOffset time, bool isDoubtful, Func<ReadOnlyMemory<byte>, AuditRecord> read)
    {
        File = file;
        Offset = offset;
        Bytes = bytes;
        Time = time;
        IsDoubtful = isDoubtful;
        _read = read;
    }

    /// <summary>The file it is in.</summary>
    public AuditLogFile File { get; }

    /// <summary>The offset of its first byte, from 0; in a compressed file that of the text.</summary>
    public long Offset { get; }

    /// <summary>How many bytes it covers, the ones that end it included.</summary>
    public int Length => Bytes.Length;

    /// <summary>Its bytes as they are in the file, the ones that end it included.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Whether it is not to be relied on, since not all of it is what a writer makes. A problem with its offset says the same.</summary>
    public bool IsDoubtful { get; }

    /// <summary>What it says. Read from the bytes at the first use.</summary>
    public AuditRecord Record => _record ??= _read(Bytes);

    /// <summary>
    /// Its function: what the record says, else that of its file, else the one whose definition has just these fields;
    /// <see langword="null"/> where the file holds several and nothing tells.
    /// </summary>
    public string? Function => File.FunctionOf(Record);
}

/// <summary>A record and where it stands in its log file.</summary>
/// <param name="Offset">The offset of its first byte, from 0.</param>
/// <param name="Length">How many bytes it covers, the ones that end it included.</param>
/// <param name="Record">The record.</param>
public readonly record struct AuditRecordAt(long Offset, int Length, AuditRecord Record);
