using EzAudit.Storage;

namespace EzAudit.Formats;

/// <summary>Buffers for the records being written, so that none is allocated for a record. For many threads at once.</summary>
internal sealed class RecordBufferPool
{
    private const int MaxKeptBytes = 1 << 20;

    private readonly SlotPool<RecordBuffer> _buffers = new();

    public RecordBuffer Rent() => _buffers.Rent();

    public void Return(RecordBuffer buffer)
    {
        // One huge record must not hold its memory for ever.
        if (buffer.Capacity > MaxKeptBytes) return;
        buffer.Clear();
        _buffers.Return(buffer);
    }
}
