using System.Buffers;

namespace EzAudit.Syslog.Spooling;

/// <summary>Messages of several callers that go to disk in one write. All callers wait for it and get its result.</summary>
internal sealed class SpoolBatch
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);

    public int Count { get; private set; }

    public bool WantsSync { get; set; }

    public bool IsDone { get; private set; }

    public Exception? Failure { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count);

    public void Add(ReadOnlySpan<byte> message)
    {
        int size = SpoolEntry.HeaderBytes + message.Length;
        if (Count + size > _bytes.Length) Grow(Count + size);
        SpoolEntry.WriteHeader(message, _bytes.AsSpan(Count));
        message.CopyTo(_bytes.AsSpan(Count + SpoolEntry.HeaderBytes));
        Count += size;
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
