using System.Runtime.InteropServices;

namespace EzAudit.Storage.Appending;

/// <summary>Records of several callers, one behind the other, that will be written by one call. Not for several threads at once.</summary>
internal sealed class PendingRecords
{
    private const int MaxKeptBytes = 1 << 20;

    private readonly List<PendingRecord> _records = [];
    private byte[] _bytes = [];

    public int ByteCount { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, ByteCount);

    public ReadOnlySpan<PendingRecord> Records => CollectionsMarshal.AsSpan(_records);

    public bool IsEmpty => _records.Count == 0;

    /// <param name="record">One whole record; copied.</param>
    /// <param name="ticket">Who waits for it; nobody, when it is only queued.</param>
    public void Add(ReadOnlySpan<byte> record, Ticket? ticket)
    {
        int end = checked(ByteCount + record.Length);
        if (end > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Clamp(_bytes.Length * 2L, end, Array.MaxLength));
        record.CopyTo(_bytes.AsSpan(ByteCount));
        ByteCount = end;
        _records.Add(new PendingRecord(end, ticket));
    }

    /// <summary>Adds the records of others behind its own; copied.</summary>
    public void AddAll(PendingRecords others)
    {
        int start = 0;
        foreach (PendingRecord record in others.Records)
        {
            Add(others.Bytes[start..record.End], record.Ticket);
            start = record.End;
        }
    }

    /// <summary>Keeps of the records that do not end within so many bytes those for which nobody waits, whole and in their order.</summary>
    public void KeepQueued(int written)
    {
        int start = 0;
        int end = 0;
        int kept = 0;
        foreach (PendingRecord record in _records.ToArray())
        {
            if (record.Ticket is null && record.End > written)
            {
                _bytes.AsSpan(start, record.End - start).CopyTo(_bytes.AsSpan(end));
                end += record.End - start;
                _records[kept++] = new PendingRecord(end, null);
            }
            start = record.End;
        }
        _records.RemoveRange(kept, _records.Count - kept);
        ByteCount = end;
    }

    public void Clear()
    {
        _records.Clear();
        ByteCount = 0;
        // One flood must not hold its memory for ever.
        if (_bytes.Length > MaxKeptBytes) _bytes = [];
    }
}

/// <summary>A record among others: where it ends, and who waits for it.</summary>
internal readonly record struct PendingRecord(int End, Ticket? Ticket);
