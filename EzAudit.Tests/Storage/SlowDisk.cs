using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Appending;

namespace EzAudit.Tests.Storage;

/// <summary>A file whose syncs can be blocked or made to fail, and that knows how much of it is on disk.</summary>
internal sealed class SlowDisk : IAppendFile, ILogFileObserver
{
    private readonly Lock _writing = new();
    private readonly ManualResetEventSlim _free = new(true);
    private readonly ManualResetEventSlim _syncing = new();
    private readonly LogFileWorker _worker;
    private volatile bool _fails;
    private long _written;
    private long _durable;
    private int _syncs;

    public SlowDisk(DiskPace? pace = null) => _worker = new LogFileWorker("log", pace ?? new DiskPace(() => 0), () => { }, this);

    public long Durable => Volatile.Read(ref _durable);

    public int Syncs => Volatile.Read(ref _syncs);

    /// <summary>The last violation; empty if there was none.</summary>
    public string Complaint { get; private set; } = "";

    /// <summary>The last report.</summary>
    public string Reported { get; private set; } = "";

    public SyncedFile Open() => new(this, "log", _worker, this);

    /// <summary>Writes a byte and returns the offset after it.</summary>
    public long Append(SyncedFile file)
    {
        lock (_writing)
        {
            file.Append("x"u8);
            return file.Written;
        }
    }

    public void Hold() => _free.Reset();

    public void LetGo() => _free.Set();

    public void Fail() => _fails = true;

    public void WaitUntilSyncing() => Assert.IsTrue(_syncing.Wait(TimeSpan.FromSeconds(30)), "nobody syncs");

    public void Complain(string complaint) => Complaint = complaint;

    public int Append(ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _written, bytes.Length);
        return bytes.Length;
    }

    public void Sync()
    {
        long covered = Interlocked.Read(ref _written);
        Interlocked.Increment(ref _syncs);
        _syncing.Set();
        _free.Wait();
        if (_fails) throw new StorageException(AuditWriteStage.Sync, "log", 5, "EIO", "log: input/output error", mayBeStored: true);
        // Long enough for others to arrive meanwhile.
        Thread.Yield();
        Volatile.Write(ref _durable, covered);
    }

    public FileIdentity Identify() => default;

    public int Read(Span<byte> buffer, long offset) => 0;

    public void Report(string message) => Reported = message;

    public void Tampered(string message) => Reported = message;

    public void Lost(int count, StorageException failure)
    {
    }

    public void Synced(TimeSpan duration)
    {
    }

    public void Dispose()
    {
        _worker.Dispose();
        _free.Dispose();
        _syncing.Dispose();
    }
}
