using System.Diagnostics;
using EzAudit.Records;
using EzAudit.Storage.Platform;

namespace EzAudit.Storage.Appending;

/// <summary>
/// An open log file that knows how much of it is on disk. Callers that wait at the same time share one sync: the first leads it on
/// its own thread, the others wait, and it covers everything written before it began. Thread-safe.
/// </summary>
/// <remarks>
/// A failed sync poisons the descriptor for good: the kernel has marked the pages clean and would report success the next
/// time. Everything not on disk by then has failed, for every caller that waits for it, now or later.
/// </remarks>
internal sealed class SyncedFile(IAppendFile file, string path, LogFileWorker worker, ILogFileObserver observer) : IDisposable
{
    // A sync that takes this fraction of a caller's timeout, or this long, indicates a slow disk.
    private const int SlowPart = 4;
    private static readonly TimeSpan SlowSync = TimeSpan.FromSeconds(1);

    // Threads that were just released, or are about to write, can still join this sync: with 32 threads on ten files on 2 cores, 54,000
    // became 82,000 records a second. More yields gain nothing.
    private const int Yields = 2;

    // After this many syncs without callers waiting for each other, leaders stop waiting for company.
    private const int SyncsAlone = 64;

    private readonly ILedgerFile? _ledgerFile = file as ILedgerFile;
    private readonly Lock _gate = new();
    // A caller that arrives during the running sync waits for the next one, and is not woken by this one.
    private WaitQueue _running = CurrentPlatform.NewWaitQueue();
    private WaitQueue _next = CurrentPlatform.NewWaitQueue();
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

    /// <summary>Where the next byte will be appended, as the ledger names it; for the file's one writer. Without a ledger, the default.</summary>
    public FilePlace Next => _ledgerFile?.Next ?? default;

    /// <summary>How many bytes were appended through this descriptor.</summary>
    public long Written => Volatile.Read(ref _written);

    public bool IsUnsynced => Volatile.Read(ref _synced) < Volatile.Read(ref _written) && !IsPoisoned;

    public bool IsPoisoned => Volatile.Read(ref _failure) is not null;

    /// <summary>Why a sync failed; <see langword="null"/> when none did.</summary>
    public string? Failure => Volatile.Read(ref _failure)?.Message;

    /// <summary>How long the running sync has taken; zero when there is none.</summary>
    public TimeSpan SyncAge
    {
        get
        {
            lock (_gate) return _isSyncing ? Stopwatch.GetElapsedTime(_syncStarted) : TimeSpan.Zero;
        }
    }

    /// <summary>Appends; called only by the file's one writer.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        int count = File.Append(bytes);
        Volatile.Write(ref _written, _written + count);
        return count;
    }

    /// <summary>Returns when the first <paramref name="end"/> bytes are on disk.</summary>
    /// <exception cref="StorageException">They are not on disk, or may not be.</exception>
    public void SyncThrough(long end, TimeSpan timeout) => SyncThrough(end, timeout, Stopwatch.GetTimestamp());

    /// <summary>Returns when the first <paramref name="end"/> bytes are on disk; the timeout runs from <paramref name="start"/>.</summary>
    /// <exception cref="StorageException">They are not on disk, or may not be.</exception>
    public void SyncThrough(long end, TimeSpan timeout, long start)
    {
        if (Volatile.Read(ref _synced) >= end) return;
        if (WaitForTurn(end, timeout, start) && Lead(timeout) is { } failure) throw failure;
    }

    /// <summary>Completes when the first <paramref name="end"/> bytes are on disk, without blocking a thread.</summary>
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

    /// <summary>Syncs unsynced bytes, unless another thread is doing so; for the worker thread.</summary>
    public void SyncPending()
    {
        lock (_gate)
        {
            if (_isSyncing || _failure is not null || _synced >= Written) return;
            Begin();
        }
        // Waiting callers are notified themselves; the failure of all other records would otherwise go unnoticed.
        if (Lead(TimeSpan.MaxValue) is { } failure) observer.Report($"{failure.Message} Unsynced records may be lost.");
    }

    public void Dispose() => File.Dispose();

    // Returns true if this caller must lead and has begun, false if its bytes are on disk.
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
                AuditWriteStage.Sync, path, 0, "", $"{path}: it was not synced within {timeout.TotalSeconds:0.###} s: the disk is slow or hangs.", mayBeStored: true) { IsLate = true };
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
            if (_waiters.Count > 0) CompleteWaiters();
        }
        // One of the callers that arrived meanwhile leads the next sync; after a failure there is none.
        if (failure is null) next.ReleaseOne();
        else next.ReleaseAll();
        done.ReleaseAll();
        observer.Synced(duration);
        return failure;
    }

    // If callers have been waiting for each other, gives more of them a chance to join; a lone caller is not delayed.
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
            // No caller may wait for a sync that never ends because its leader failed.
            return new StorageException(AuditWriteStage.Sync, path, 0, "", $"{path}: syncing failed: {failure.Message}", mayBeStored: true);
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
