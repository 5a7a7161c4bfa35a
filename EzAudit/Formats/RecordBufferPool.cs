namespace EzAudit.Formats;

/// <summary>Buffers for the records being written, so that none is allocated for a record. For many threads at once.</summary>
internal sealed class RecordBufferPool
{
    private const int MaxKeptBytes = 1 << 20;

    private readonly RecordBuffer?[] _slots = new RecordBuffer?[Math.Max(4, Environment.ProcessorCount * 4)];

    public RecordBuffer Rent()
    {
        ref RecordBuffer? slot = ref Slot();
        return Interlocked.Exchange(ref slot, null) ?? new RecordBuffer();
    }

    public void Return(RecordBuffer buffer)
    {
        // One huge record must not hold its memory for ever.
        if (buffer.Capacity > MaxKeptBytes) return;
        buffer.Clear();
        Slot() = buffer;
    }

    private ref RecordBuffer? Slot() => ref _slots[Environment.CurrentManagedThreadId % _slots.Length];
}
