using System.Runtime.InteropServices;

namespace EzAudit.Storage.Appending;

/// <summary>Records of several callers, back to back, to be written with one call. Not thread-safe.</summary>
internal sealed class PendingRecords
{
    private const int MaxKeptBytes = 1 << 20;

    private readonly List<PendingRecord> _records = [];
    private byte[] _bytes = [];

    public int ByteCount { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, ByteCount);

    public ReadOnlySpan<PendingRecord> Records => CollectionsMarshal.AsSpan(_records);

    public bool IsEmpty => _records.Count == 0;

    /// <param name="record">One whole record; it is copied.</param>
    /// <param name="ticket">The ticket of the waiting caller; <see langword="null"/> for a queued record.</param>
    public void Add(ReadOnlySpan<byte> record, Ticket? ticket)
    {
        int end = checked(ByteCount + record.Length);
        if (end > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Clamp(_bytes.Length * 2L, end, Array.MaxLength));
        record.CopyTo(_bytes.AsSpan(ByteCount));
        ByteCount = end;
        _records.Add(new PendingRecord(end, ticket));
    }

    /// <summary>Appends the records of <paramref name="others"/>; they are copied.</summary>
    public void AddAll(PendingRecords others)
    {
        int start = 0;
        foreach (PendingRecord record in others.Records)
        {
            Add(others.Bytes[start..record.End], record.Ticket);
            start = record.End;
        }
    }

    /// <summary>Of the records that end after this many bytes, keeps those without a waiting caller, whole and in order.</summary>
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
        // A single burst must not keep its memory forever.
        if (_bytes.Length > MaxKeptBytes) _bytes = [];
    }
}

/// <summary>A pending record: where it ends, and the ticket of its waiting caller.</summary>
internal readonly record struct PendingRecord(int End, Ticket? Ticket);

/// <summary>A caller's claim while another caller writes its records.</summary>
internal sealed class Ticket
{
    private volatile bool _isDone;

    public bool IsDone => _isDone;

    public AppendResult Result { get; private set; }

    public void Settle(AppendResult result)
    {
        Result = result;
        _isDone = true;
    }

    public void Reset()
    {
        Result = default;
        _isDone = false;
    }
}
