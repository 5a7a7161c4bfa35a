using System.Buffers;
using EzAudit.Storage.Appending;

namespace EzAudit.Formats.Output;

/// <summary>The bytes of one record on their way to the targets. Used again and again, by one thread at a time.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;
    private const int MaxKeptBytes = 1 << 20;

    private byte[] _bytes = new byte[InitialBytes];
    private int _count;
    private volatile bool _isTaken;

    /// <summary>Whether one thread keeps it for itself.</summary>
    public bool IsOfThread { get; init; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Takes it into use. False: it is. Asked by one thread only.</summary>
    public bool TryTake() => !_isTaken && (_isTaken = true);

    /// <summary>Empties it and gives it out of hand, on whatever thread.</summary>
    public void Release()
    {
        _count = 0;
        // One huge record must not hold its memory for ever.
        if (_bytes.Length > MaxKeptBytes) _bytes = new byte[InitialBytes];
        _isTaken = false;
    }

    public void Clear() => _count = 0;

    /// <summary>Takes back what was written behind so many bytes.</summary>
    public void Cut(int count) => _count = count;

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    private void Reserve(int sizeHint)
    {
        int needed = checked(_count + Math.Max(sizeHint, 1));
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
    }
}

/// <summary>Buffers for the records being written, so that none is allocated for a record. For many threads at once.</summary>
/// <remarks>
/// Fast on purpose: a thread has a buffer of its own, for which it asks no other; the pool is for a second one, of a format inside a format or of
/// a target that writes records. Proven by the side-by-side benchmark.
/// </remarks>
internal sealed class RecordBufferPool
{
    [ThreadStatic]
    private static RecordBuffer? _own;

    private readonly SlotPool<RecordBuffer> _others = new();

    public RecordBuffer Rent()
    {
        RecordBuffer own = _own ??= new RecordBuffer { IsOfThread = true };
        return own.TryTake() ? own : _others.Rent();
    }

    public void Return(RecordBuffer buffer)
    {
        buffer.Release();
        if (!buffer.IsOfThread) _others.Return(buffer);
    }
}
