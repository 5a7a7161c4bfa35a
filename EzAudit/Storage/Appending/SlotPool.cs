using System.Runtime.CompilerServices;

namespace EzAudit.Storage.Appending;

/// <summary>Objects used again and again, so that none is allocated for a record. For many threads at once.</summary>
internal sealed class SlotPool<T> where T : class, new()
{
    private readonly Slot[] _slots = new Slot[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 8)];

    public T Rent() => Interlocked.Exchange(ref Mine(), null) ?? new T();

    public void Return(T item) => Volatile.Write(ref Mine()!, item);

    // By thread: a thread mostly finds what it gave back, and two threads seldom want the same slot.
    private ref T? Mine() => ref _slots[Environment.CurrentManagedThreadId & (_slots.Length - 1)].Item;

    /// <summary>So large that two never share a cache line: neighbours would take it from each other with every record.</summary>
    [InlineArray(16)]
    private struct Apart
    {
        private object? _first;
    }

    private struct Slot
    {
        public T? Item;
#pragma warning disable CS0169, IDE0051 // Only its size counts.
        private Apart _apart;
#pragma warning restore CS0169, IDE0051
    }
}
