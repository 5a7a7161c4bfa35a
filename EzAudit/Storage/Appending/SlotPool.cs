using System.Runtime.CompilerServices;

namespace EzAudit.Storage.Appending;

/// <summary>Reusable objects, so that writing a record allocates none. Thread-safe.</summary>
internal sealed class SlotPool<T> where T : class, new()
{
    private readonly Slot[] _slots = new Slot[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 8)];

    public T Rent() => Interlocked.Exchange(ref ThreadSlot(), null) ?? new T();

    public void Return(T item) => Volatile.Write(ref ThreadSlot()!, item);

    // Indexed by thread: a thread usually finds the object it returned, and two threads rarely need the same slot.
    private ref T? ThreadSlot() => ref _slots[Environment.CurrentManagedThreadId & (_slots.Length - 1)].Item;

    /// <summary>Large enough that no two slots share a cache line; otherwise neighbouring threads would invalidate it with every record.</summary>
    [InlineArray(16)]
    private struct Apart
    {
        private object? _first;
    }

    private struct Slot
    {
        public T? Item;
#pragma warning disable CS0169, IDE0051 // Only its size matters.
        private Apart _apart;
#pragma warning restore CS0169, IDE0051
    }
}
