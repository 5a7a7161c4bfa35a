namespace EzAudit.Storage.Appending;

/// <summary>
/// Whether the disk under a log directory is slow just now. While it is, a thread of the file leads its syncs, and callers leave when
/// their time is over. While it is not, callers lead. For many threads at once.
/// </summary>
/// <remarks>
/// A caller in a system call that hangs cannot return, so only syncs led by another thread are bounded. Having a thread lead all of them, with a
/// futex hand-over, cost 13 to 14 % of the records a second at one thread, 7 to 18 % at 8, 10 to 38 % at 32, and up to 44 % more processor time for each.
/// </remarks>
/// <param name="now">The time in milliseconds, on a clock that is never set back.</param>
internal sealed class DiskPace(Func<long> now)
{
    // Far beyond a healthy sync, and far below what any caller minds.
    private const long LongSyncMs = 20;

    // Disks that stall tend to stall again.
    private const long MemoryMs = 60_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<long> _underWay = [];
    private long _slowUntil = long.MinValue;

    /// <summary>Whether a sync took too long within the last minute, or one of any file in the directory takes long already.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_gate) return now() < _slowUntil || (_underWay.First is { } oldest && now() - oldest.Value >= LongSyncMs);
        }
    }

    /// <param name="sync">The file's own mark, so that no sync allocates one.</param>
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
