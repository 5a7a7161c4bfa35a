using System.Diagnostics;
using EzAudit.Records;
using EzAudit.Storage.Rotating;

namespace EzAudit.Storage.Appending;

/// <summary>
/// One log file shared by many callers. The first caller to find the file idle becomes the leader and writes its own and all pending records
/// with one call; the others wait until their record is written or they become the leader. So contention makes writes larger, not more frequent.
/// </summary>
/// <remarks>Fast on purpose: every record goes through here, with 0 B allocated. The side-by-side benchmark proves it.</remarks>
internal sealed class LogFile : IDisposable
{
    private const int MaxQueuedBytes = 8 << 20;
    private const int MaxRounds = 8;
    private const long MaxUnsyncedMs = 1000;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private readonly LogAppender _appender;
    private readonly LogFileWorker _worker;
    private readonly Housekeeper _housekeeper;
    private readonly string _path;
    private readonly SlotPool<Ticket> _tickets = new();
    private readonly CombiningLock _lock;
    private readonly RecordQueue _queue = new();
    private readonly QueueWriter _queued;
    private long _unsyncedSince; // 0 if unknown; used only by the housekeeper

    /// <param name="directory">Its directory; the log file takes ownership.</param>
    /// <param name="name">Its name in the directory.</param>
    /// <param name="framing">How the format delimits records.</param>
    /// <param name="rotation">When and how it is rotated.</param>
    /// <param name="housekeeper">Maintains the file while no caller uses it.</param>
    /// <param name="observer">Is notified of everything that happens to the file, except for records.</param>
    public LogFile(
        ILogDirectory directory, string name, Framing framing, Rotation rotation, Housekeeper housekeeper, ILogFileObserver observer)
    {
        _path = Path.Combine(directory.Path, name);
        _lock = new CombiningLock(_path, LeadIfFree);
        _worker = new LogFileWorker(name, housekeeper.PaceOf(directory.Path), LeadIfFree, observer);
        _appender = new LogAppender(directory, name, framing, rotation, _worker, observer);
        _queued = new QueueWriter(_queue, _appender, observer, _path);
        _housekeeper = housekeeper;
    }

    private volatile bool _queueEnded;

    /// <summary>Used only by the housekeeper: how soon it will maintain this file.</summary>
    public volatile MaintenanceDue Watched;

    /// <summary>The number of queued bytes.</summary>
    public int QueuedBytes => _queue.ByteCount;

    /// <summary>Why queued records cannot be written, or written ones not synced; <see langword="null"/> when there is no problem.</summary>
    public string? Trouble => _queued.Trouble ?? _appender.Current?.Failure;

    /// <summary>How long the current write or sync has taken; zero when there is none.</summary>
    public TimeSpan Age
    {
        get
        {
            TimeSpan sync = _appender.Current?.SyncAge ?? TimeSpan.Zero;
            return sync > _lock.Age ? sync : _lock.Age;
        }
    }

    /// <summary>Stores one record with the given durability.</summary>
    /// <exception cref="StorageException">The record is not stored with this durability, or may not be.</exception>
    public void Append(ReadOnlySpan<byte> record, AuditDurability durability, TimeSpan timeout)
    {
        if (durability == AuditDurability.Queue && !_queueEnded)
        {
            Enqueue(record, timeout);
            return;
        }
        long start = durability == AuditDurability.Disk ? Stopwatch.GetTimestamp() : 0;
        Placement placement = Whole(WriteOrJoin(record, timeout));
        if (start == 0) _housekeeper.Watch(this, MaintenanceDue.Later);
        // The timeout covers write and sync together.
        else placement.File.SyncThrough(placement.End, timeout, start);
    }

    /// <summary>Stores one record; while it is synced, no thread waits. The bytes are copied before the call returns.</summary>
    public ValueTask AppendAsync(ReadOnlySpan<byte> record, AuditDurability durability, TimeSpan timeout)
    {
        if (durability != AuditDurability.Disk)
        {
            Append(record, durability, timeout);
            return ValueTask.CompletedTask;
        }
        Placement placement = Whole(WriteOrJoin(record, timeout));
        return new ValueTask(placement.File.SyncThroughAsync(placement.End));
    }

    /// <summary>Appends several records, back to back, with one write. If they must reach the disk, the caller has to sync them.</summary>
    /// <exception cref="StorageException">None of the records is written, or their state is unknown.</exception>
    public WrittenPart AppendAll(ReadOnlySpan<byte> records, TimeSpan timeout)
    {
        WrittenPart part = WriteOrJoin(records, timeout);
        if (part.Count > 0) _housekeeper.Watch(this, MaintenanceDue.Later);
        return part;
    }

    /// <summary>Stops queueing records, because the thread that empties the queue may not live long enough.</summary>
    public void EndQueue() => _queueEnded = true;

    /// <summary>Syncs everything that was appended or queued.</summary>
    /// <exception cref="StorageException">Not everything is on disk; queued records stay in the queue.</exception>
    public void Flush(TimeSpan timeout) => Flush(timeout, isLast: false);

    /// <summary>Flushes at shutdown: queued records that cannot be written are lost, and counted.</summary>
    public void Drain(TimeSpan timeout) => Flush(timeout, isLast: true);

    /// <summary>Does idle-time maintenance: releases the lease and requests a sync of unsynced records. Returns how soon it is due again.</summary>
    public MaintenanceDue Maintain()
    {
        if (!_lock.TryTake()) return _queue.IsClosed ? MaintenanceDue.Done : MaintenanceDue.Soon;
        bool isReleased;
        SyncedFile? file;
        try
        {
            isReleased = _appender.TryReleaseLease();
            file = _appender.Current;
        }
        finally
        {
            EndMaintenance();
        }
        if (_queued.IsDue) _worker.AskForDrain();
        if (!isReleased) return MaintenanceDue.Soon;
        return HasSynced(file) && !_queue.HasRecords ? MaintenanceDue.Done : MaintenanceDue.Later;
    }

    /// <summary>Writes queued records, syncs and closes the file. Later records are refused.</summary>
    public void Dispose()
    {
        if (!_queue.Close()) return;
        try
        {
            Drain(StopTimeout);
        }
        finally
        {
            _lock.Take(StopTimeout);
            _worker.Dispose();
            _appender.Dispose();
        }
    }

    private void Flush(TimeSpan timeout, bool isLast)
    {
        _lock.Take(timeout);
        SyncedFile? file;
        StorageException? failure;
        try
        {
            failure = WritePending(isLast);
            file = _appender.Current;
        }
        finally
        {
            StopLeading();
        }
        file?.SyncThrough(file.Written, timeout);
        if (failure is not null) throw failure.Again();
    }

    // Records that only the operating system has are synced within about a second, so that a power cut costs no more than that.
    private bool HasSynced(SyncedFile? file)
    {
        if (file is not { IsUnsynced: true })
        {
            _unsyncedSince = 0;
            return true;
        }
        long now = Environment.TickCount64;
        if (_unsyncedSince == 0)
        {
            _unsyncedSince = now;
        }
        else if (now - _unsyncedSince >= MaxUnsyncedMs)
        {
            _unsyncedSince = 0;
            _worker.AskForSync(file);
        }
        return false;
    }

    private static Placement Whole(in WrittenPart part) => part.Failure is null ? part.Placement : throw part.Failure;

    private WrittenPart WriteOrJoin(ReadOnlySpan<byte> record, TimeSpan timeout)
    {
        if (!_lock.TryTake()) return AwaitOutcome(AddPending(record), timeout);
        Ticket ticket;
        try
        {
            ObjectDisposedException.ThrowIf(_queue.IsClosed, this);
            if (!_queue.HasRecords) return WriteOwn(record, timeout);
            ticket = AddPending(record);
            WritePending();
        }
        finally
        {
            StopLeading();
        }
        return AwaitOutcome(ticket, timeout);
    }

    private Ticket AddPending(ReadOnlySpan<byte> record)
    {
        Ticket ticket = _tickets.Rent();
        _queue.TryAdd(record, ticket);
        return ticket;
    }

    private WrittenPart WriteOwn(ReadOnlySpan<byte> record, TimeSpan timeout)
    {
        int count = _appender.Append(record, timeout, out SyncedFile file);
        return new WrittenPart(count, new Placement(file, file.Written), count == record.Length ? null : _appender.ShortWrite(count, record.Length));
    }

    private WrittenPart AwaitOutcome(Ticket ticket, TimeSpan timeout)
    {
        // The waiting caller abandons its ticket, but others may still hold it, so it is never reused.
        if (!_lock.WaitFor(ticket, timeout)) throw new StorageException(
            AuditWriteStage.Write, _path, 0, "", $"{_path}: the record was not written within {timeout.TotalSeconds:0.###} s: the disk is slow or hangs.", mayBeStored: true) { IsLate = true };
        WrittenPart outcome = ticket.Outcome;
        ticket.Reset();
        _tickets.Return(ticket);
        return outcome;
    }

    private void LeadIfFree()
    {
        if (!_queued.IsDue || !_lock.TryTake()) return;
        try
        {
            WritePending();
        }
        finally
        {
            StopLeading();
        }
    }

    // A leader gives up leadership only when no queued record is due, or to a caller that waits for one: nothing is left behind.
    private void StopLeading()
    {
        for (int rounds = MaxRounds; ; rounds--)
        {
            _appender.EndTurn();
            if (_appender.HoldsLease) _housekeeper.Watch(this, MaintenanceDue.Soon);
            if (!_queued.IsDue)
            {
                _lock.Release();
                // A caller that arrived just before this found the lock taken and may already be parked.
                if (!_queued.IsDue || !_lock.TryTake()) return;
            }
            if (rounds == 0) break;
            WritePending();
        }
        _lock.Release();
        _lock.WakeWaiting();
        _worker.AskForDrain();
    }

    // Leaves pending records to their callers and to the worker: a disk that hangs must not block the maintenance of other files.
    private void EndMaintenance()
    {
        _appender.EndTurn();
        _lock.Release();
        if (!_queued.IsDue) return;
        _lock.WakeWaiting();
        if (!_worker.AskForDrain()) LeadIfFree();
    }

    private StorageException? WritePending(bool isLast = false)
    {
        StorageException? failure = _queued.WriteAll(isLast, out bool isQueued);
        if (isQueued || failure is not null) _housekeeper.Watch(this, MaintenanceDue.Later);
        _lock.WakeWaiting();
        return failure;
    }

    private void Enqueue(ReadOnlySpan<byte> record, TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!_queue.TryAdd(record, ticket: null, MaxQueuedBytes))
        {
            if (Stopwatch.GetElapsedTime(start) > timeout) throw new StorageException(
                AuditWriteStage.Write, _path, 0, "", $"{_path}: its queue of {MaxQueuedBytes >> 20} MiB was full for {timeout.TotalSeconds:0.###} s.");
            spin.SpinOnce();
        }
        if (!_worker.AskForDrain()) LeadIfFree();
    }
}
