using System.Buffers;
using EzAudit.Spooling.Entries;

namespace EzAudit.Spooling;

/// <summary>Records of several callers that go to disk in one write. All callers wait for it and get its result.</summary>
internal sealed class SpoolBatch
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);

    /// <summary>The number of bytes.</summary>
    public int Count { get; private set; }

    public int Records { get; private set; }

    public bool WantsSync { get; set; }

    public bool IsDone { get; private set; }

    public Exception? Failure { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count);

    public void Add(ReadOnlySpan<byte> record, uint checksum)
    {
        int size = SpoolEntry.HeaderBytes + record.Length;
        if (Count + size > _bytes.Length) Grow(Count + size);
        SpoolEntry.Write(record, checksum, _bytes.AsSpan(Count));
        Count += size;
        Records++;
    }

    /// <summary>Numbers the records. Only now, because the numbers of a batch that was not written are given to the next one.</summary>
    public void Number(long first)
    {
        for (int start = 0; start < Count;) start += SpoolEntry.Complete(_bytes.AsSpan(start, Count - start), first++);
    }

    public void Finish(Exception? failure)
    {
        Failure = failure;
        IsDone = true;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
