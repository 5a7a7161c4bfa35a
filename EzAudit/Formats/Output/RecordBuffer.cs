using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Storage.Appending;

namespace EzAudit.Formats.Output;

/// <summary>The bytes of one record on its way to the targets. Reused, by one thread at a time.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;
    private const int MaxKeptBytes = 1 << 20;

    private byte[] _bytes = new byte[InitialBytes];
    private int _count;
    private IAuditFormat? _format;
    private volatile bool _isTaken;

    /// <summary>Whether the buffer belongs to one thread.</summary>
    public bool IsOfThread { get; init; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Marks the buffer as in use; false if it already is. Called by its own thread only.</summary>
    public bool TryTake() => !_isTaken && (_isTaken = true);

    /// <summary>Clears and releases the buffer, on any thread.</summary>
    public void Release()
    {
        _count = 0;
        _format = null;
        // One huge record must not keep its memory forever.
        if (_bytes.Length > MaxKeptBytes) _bytes = new byte[InitialBytes];
        _isTaken = false;
    }

    /// <summary>Holds just this record in a format. Writes it only once for targets of the same format, which come one after the other.</summary>
    public void Hold(in AuditRecordView record, IAuditFormat format)
    {
        if (format == _format) return;
        _format = null;
        _count = 0;
        format.Write(record, this);
        _format = format;
    }

    /// <summary>Discards everything written after a number of bytes.</summary>
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

/// <summary>A pool of buffers, so that writing a record allocates none. Thread-safe.</summary>
/// <remarks>
/// Optimized for speed: each thread has its own buffer and needs no synchronization for it; the pool serves a second one, for a format within a
/// format or a target that writes records. Measured by the side-by-side benchmark.
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
