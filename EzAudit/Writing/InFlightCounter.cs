using System.Runtime.InteropServices;

namespace EzAudit.Writing;

/// <summary>
/// How many calls are in a table, so that it is closed behind the last of them. Counted in several places that lie apart in memory:
/// one counter for all would travel between the processors with every record.
/// </summary>
/// <remarks>Fast on purpose; proven by the side-by-side benchmark with 8 threads.</remarks>
internal sealed class InFlightCounter
{
    private readonly Place[] _places = new Place[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4)];
    private volatile bool _isClosing;
    private int _isClosed;

    /// <summary>Counts one more. False: it is closing, and nobody was counted.</summary>
    /// <param name="isLast">Whether whoever closes must be told by this caller.</param>
    public bool TryEnter(out bool isLast)
    {
        isLast = false;
        Interlocked.Increment(ref Mine());
        if (!_isClosing) return true;
        isLast = Leave();
        return false;
    }

    /// <summary>Counts one less; on whatever thread. True, once: it is closing and nobody is left.</summary>
    public bool Leave()
    {
        Interlocked.Decrement(ref Mine());
        return _isClosing && IsLast();
    }

    /// <summary>Lets nobody in any more. True: nobody is left.</summary>
    public bool Close()
    {
        _isClosing = true;
        Interlocked.MemoryBarrier();
        return IsLast();
    }

    // Everyone counted was so before the closing; so the sum can only fall, and whoever makes it nothing sees that.
    private bool IsLast()
    {
        int sum = 0;
        for (int i = 0; i < _places.Length; i++) sum += Volatile.Read(ref _places[i].Count);
        return sum == 0 && Interlocked.Exchange(ref _isClosed, 1) == 0;
    }

    private ref int Mine() => ref _places[Environment.CurrentManagedThreadId & (_places.Length - 1)].Count;

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Place
    {
        [FieldOffset(0)] public int Count;
    }
}
