namespace EzAudit.Storage.Appending;

/// <summary>
/// Tracks whether the disk of a log directory is slow. While it is, the file's own thread leads its syncs, and callers return when
/// their timeout expires. Otherwise callers lead. Thread-safe.
/// </summary>
/// <remarks>
/// A caller in a hanging system call cannot return, so only syncs led by another thread can time out. Letting a thread lead all of them, with a
/// futex hand-over, cost 13 to 14 % of the records a second on one thread, 7 to 18 % on 8, 10 to 38 % on 32, and up to 44 % more CPU time per record.
/// </remarks>
/// <param name="now">The time in milliseconds, from a monotonic clock.</param>
internal sealed class DiskPace(Func<long> now)
{
    // Far longer than a healthy sync, and far shorter than callers notice.
    private const long LongSyncMs = 20;

    // Disks that stalled once tend to stall again.
    private const long MemoryMs = 60_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<long> _underWay = [];
    private long _slowUntil = long.MinValue;

    /// <summary>Whether a sync took too long within the last minute, or a running sync of any file in the directory already does.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_gate) return now() < _slowUntil || (_underWay.First is { } oldest && now() - oldest.Value >= LongSyncMs);
        }
    }

    /// <param name="sync">A node that the file reuses, so that no sync allocates one.</param>
    public void Began(LinkedListNode<long> sync)
    {
        lock (_gate)
        {
            sync.Value = now();
            _underWay.AddLast(sync);
        }
    }

    public void Ended(LinkedListNode<long> sync, bool wasSlow)
    {
        lock (_gate)
        {
            _underWay.Remove(sync);
            if (wasSlow) _slowUntil = now() + MemoryMs;
        }
    }
}
