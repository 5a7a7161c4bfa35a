using System.Collections.Concurrent;

namespace EzAudit.Sealing;

/// <summary>Extents that are used again. Thread-safe.</summary>
internal sealed class ExtentPool
{
    private const int UsualBytes = 64 << 10;
    private const int MaxPooled = 32;

    private readonly ConcurrentStack<Extent> _free = new();

    public Extent Rent(int atLeast) => atLeast <= UsualBytes && _free.TryPop(out Extent? extent) ? extent : new Extent(Math.Max(UsualBytes, atLeast));

    public void Return(Extent extent)
    {
        if (extent.Capacity == UsualBytes && _free.Count < MaxPooled) _free.Push(extent);
    }
}
