using System.Diagnostics;
using EzAudit.Records;
using EzAudit.Storage.Platform;

namespace EzAudit.Storage.Appending;

/// <summary>
/// An open log file and how much of it is on disk. Callers who wait at the same time share one sync: the first of them leads it on
/// its own thread, the others wait, and it covers all that was written before it began. For many threads at once.
/// </summary>
/// <remarks>
/// After a failed sync the descriptor is poisoned for good: the kernel has marked the pages clean and would report success the next
/// time. Whatever was not on disk by then has failed, and says so to everyone who waits for it, now or later.
/// </remarks>
internal sealed class SyncedFile(IAppendFile file, string path, LogFileWorker worker, ILogFileObserver observer) : IDisposable
{
    // A sync that takes this part of a caller's patience, or this long, tells of a slow disk.
    private const int SlowPart = 4;
    private static readonly TimeSpan SlowSync = TimeSpan.FromSeconds(1);

    // Threads that were just let go, or are about to write, come in time for this sync: 32 threads on ten files on 2 cores, 54,000 to
    // 82,000 records a second. More of it brings no more.
    private const int Yields = 2;

    // So many syncs after callers last waited for each other, those who lead expect no company any more.
    private const int SyncsAlone = 64;

    private readonly Lock _gate = new();
    // Who has come since the running sync began waits for the next, and is not woken by this one.
    private WaitQueue _running = PlatformWaitQueue.Create();
    private WaitQueue _next = PlatformWaitQueue.Create();
    private readonly List<(long End, TaskCompletionSource Waiter)> _waiters = [];
    private readonly LinkedListNode<long> _underWay = new(0);
    private long _written;
    private long _synced;
    private StorageException? _failure;
    private bool _isSyncing;
    private int _sharedSyncs;
    private long _syncEnd;
    private long _syncStarted;
    private TimeSpan _slowAfter = SlowSync;

    public IAppendFile File { get; } = file;

    /// <summary>How many bytes were appended here and are with the operating system.</summary>
    public long Written => Volatile.Read(ref _written);

    public bool IsUnsynced => Volatile.Read(ref _synced) < Volatile.Read(ref _written) && !IsPoisoned;

    public bool IsPoisoned => Volatile.Read(ref _failure) is not null;

    /// <summary>Why a sync failed; <see langword="null"/> when none did.</summary>
    public string? Failure => Volatile.Read(ref _failure)?.Message;

    /// <summary>For how long the sync that is under way has taken; zero when none is.</summary>
    public TimeSpan SyncAge
    {
        get
        {
            lock (_gate) return _isSyncing ? Stopwatch.GetElapsedTime(_syncStarted) : TimeSpan.Zero;
        }
    }

    /// <summary>Appends; by the file's one writer only.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        int count = File.Append(bytes);
        Volatile.Write(ref _written, _written + count);
        return count;
    }

    /// <summary>Returns when so many bytes are on disk.</summary>
    /// <exception cref="StorageException">They are not, or may not be.</exception>
    public void SyncThrough(long end, TimeSpan timeout) => SyncThrough(end, timeout, Stopwatch.GetTimestamp());

    /// <summary>The same, for a caller whose time has been running since <paramref name="start"/>.</summary>
    /// <exception cref="StorageException">They are not, or may not be.</exception>
    public void SyncThrough(long end, TimeSpan timeout, long start)
    {
        if (Volatile.Read(ref _synced) >= end) return;
        if (WaitForTurn(end, timeout, start) && Lead(timeout) is { } failure) throw failure;
    }

    /// <summary>Completes when so many bytes are on disk, without a thread that waits.</summary>
    public Task SyncThroughAsync(long end)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_synced >= end) return Task.CompletedTask;
            if (_failure is not null) return Task.FromException(_failure.Again());
            _waiters.Add((end, waiter));
            if (_isSyncing) return waiter.Task;
        }
        if (!worker.AskForSync(this)) SyncPending();
        return waiter.Task;
    }

    /// <summary>Syncs what there is, unless somebody is at it; for the thread that serves those who have none.</summary>
    public void SyncPending()
    {
        lock (_gate)
        {
            if (_isSyncing || _failure is not null || _synced >= Written) return;
            Begin();
        }
        // Those who wait hear of it themselves; of the others' records nobody would.
        if (Lead(TimeSpan.MaxValue) is { } failure) observer.Report($"{failure.Message} Records that only the operating system had may be lost.");
    }

    public void Dispose() => File.Dispose();

    // True: this caller is to lead, and has begun. False: what it waits for is on disk.
    private bool WaitForTurn(long end, TimeSpan timeout, long start)
    {
        TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
        while (true)
        {
            WaitQueue room;
            int number;
            lock (_gate)
            {
                if (_synced >= end) return false;
                if (_failure is not null) throw _failure.Again();
                if (!_isSyncing && !(worker.Pace.IsSlow && worker.AskForSync(this)))
                {
                    Begin();
                    return true;
                }
                _sharedSyncs = SyncsAlone;
                room = end <= _syncEnd ? _running : _next;
                number = room.Number;
            }
            if (left <= TimeSpan.Zero) throw new StorageException(
                AuditWriteStage.Sync, path, 0, "", $"{path}: found it not on disk after {timeout.TotalSeconds:0.###} s, expected it there: the disk is slow or hangs.", mayBeStored: true) { IsLate = true };
            if (!room.Wait(number, left)) left = TimeSpan.Zero;
            else left = timeout - Stopwatch.GetElapsedTime(start);
        }
    }

    private void Begin()
    {
        _isSyncing = true;
        _syncStarted = Stopwatch.GetTimestamp();
        worker.Pace.Began(_underWay);
    }

    private StorageException? Lead(TimeSpan patience)
    {
        Gather();
        StorageException? failure = Sync();
        TimeSpan duration = Stopwatch.GetElapsedTime(_syncStarted);
        WaitQueue done;
        WaitQueue next;
        lock (_gate)
        {
            _isSyncing = false;
            if (patience < SlowSync * SlowPart) _slowAfter = patience / SlowPart;
            worker.Pace.Ended(_underWay, duration > _slowAfter);
            if (failure is null) Volatile.Write(ref _synced, _syncEnd);
            else Volatile.Write(ref _failure, failure);
            (done, next) = (_running, _next);
            done.Announce();
            next.Announce();
            CompleteWaiters();
        }
        // One of those who came meanwhile leads the next; after a failure there is none.
        if (failure is null) next.ReleaseOne();
        else next.ReleaseAll();
        done.ReleaseAll();
        observer.Synced(duration);
        return failure;
    }

    // Where callers wait for each other, more of them are let come first; who is alone is not kept.
    private void Gather()
    {
        for (int i = 0; i < Yields && _sharedSyncs > 0; i++) Thread.Yield();
        lock (_gate)
        {
            if (_sharedSyncs > 0) _sharedSyncs--;
            _syncEnd = Written;
            (_running, _next) = (_next, _running);
        }
    }

    private StorageException? Sync()
    {
        try
        {
            File.Sync();
            return null;
        }
        catch (StorageException failure)
        {
            return failure;
        }
        catch (Exception failure)
        {
            // Nobody may wait for a sync that never ends because its leader fell.
            return new StorageException(AuditWriteStage.Sync, path, 0, "", $"{path}: putting it on disk failed: {failure.Message}", mayBeStored: true);
        }
    }

    private void CompleteWaiters()
    {
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            var (end, waiter) = _waiters[i];
            if (_synced >= end) waiter.SetResult();
            else if (_failure is not null) waiter.SetException(_failure.Again());
            else continue;
            _waiters.RemoveAt(i);
        }
        if (_waiters.Count > 0) worker.AskForSync(this);
    }
}
