using EzAudit.Benchmarks.SideBySide;

namespace EzAudit.Benchmarks.Arrangements;

/// <summary>Ten growing log files, a file of fixed size next to them, and a thread for each log file.</summary>
internal sealed class TenFiles : IDisposable
{
    public const int Records = 32;

    private const int Files = 10;
    private const int RecordLength = 150;
    private const int FixedLength = 64 << 20;
    private const int OverwriteOnly = 0x1 | 0x40 | 0x80000; // O_WRONLY | O_CREAT | O_CLOEXEC
    private const uint StartWriting = 2; // SYNC_FILE_RANGE_WRITE
    private const int OwnerOnly = 0x180;

    private readonly byte[] _bytes = new byte[Records * RecordLength];
    private readonly int[] _descriptors;
    private readonly int _fixed;
    private readonly Barrier _start = new(Files + 1);
    private readonly Barrier _end = new(Files + 1);
    private readonly Thread[] _threads;
    private volatile bool _isStopped;
    private long _offset;

    public TenFiles(string directory)
    {
        _bytes.AsSpan().Fill((byte)'x');
        _descriptors = [.. Enumerable.Range(0, Files).Select(file => Libc.Open(Path.Combine(directory, $"{file}.log"), Libc.AppendOnly, OwnerOnly))];
        _fixed = Libc.Open(Path.Combine(directory, "fixed"), OverwriteOnly, OwnerOnly);
        var zeros = new byte[FixedLength];
        Write(_fixed, zeros);
        Check(Libc.SyncData(_fixed));
        _threads = [.. Enumerable.Range(0, Files).Select(file => new Thread(() => Serve(file)) { IsBackground = true })];
        foreach (Thread thread in _threads) thread.Start();
    }

    public IEnumerable<Arrangement> Arrangements =>
    [
        new("each file's own sync, one after the other", "", OneAfterTheOther),
        new("the same, after starting writeback for all of them", "", BegunFirst),
        new("each file's own sync, all at once, one thread each (EzAudit: the callers' threads)", "", AllAtOnce),
        new("one syncfs(2) for all", "waits for everything else being written to that disk; hides errors on Linux before 5.8", WholeFileSystem),
        new("all in one more file of fixed size, the ten synced later", "after a power cut, log files are incomplete until they are repaired", WriteAhead),
    ];

    public void Dispose()
    {
        _isStopped = true;
        _start.SignalAndWait();
        foreach (Thread thread in _threads) thread.Join();
        foreach (int descriptor in _descriptors) _ = Libc.Close(descriptor);
        _ = Libc.Close(_fixed);
        _start.Dispose();
        _end.Dispose();
    }

    private void OneAfterTheOther()
    {
        for (int file = 0; file < Files; file++) Append(file);
        foreach (int descriptor in _descriptors) Check(Libc.SyncData(descriptor));
    }

    private void BegunFirst()
    {
        for (int file = 0; file < Files; file++) Append(file);
        foreach (int descriptor in _descriptors) Check(Libc.SyncRange(descriptor, 0, 0, StartWriting));
        foreach (int descriptor in _descriptors) Check(Libc.SyncData(descriptor));
    }

    private void AllAtOnce()
    {
        _start.SignalAndWait();
        _end.SignalAndWait();
    }

    private void WholeFileSystem()
    {
        for (int file = 0; file < Files; file++) Append(file);
        Check(Libc.SyncFileSystem(_descriptors[0]));
    }

    private unsafe void WriteAhead()
    {
        for (int file = 0; file < Files; file++) Append(file);
        if (_offset + _bytes.Length > FixedLength) _offset = 0;
        fixed (byte* start = _bytes) Check(Libc.WriteAt(_fixed, start, (nuint)_bytes.Length, _offset) - _bytes.Length);
        _offset += _bytes.Length;
        Check(Libc.SyncData(_fixed));
    }

    private void Serve(int file)
    {
        while (true)
        {
            _start.SignalAndWait();
            if (_isStopped) return;
            Append(file);
            Check(Libc.SyncData(_descriptors[file]));
            _end.SignalAndWait();
        }
    }

    // The file's share of the round's records.
    private void Append(int file) => Write(_descriptors[file], _bytes.AsSpan(0, RecordLength * (file < Records % Files ? Records / Files + 1 : Records / Files)));

    private static unsafe void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) Check(Libc.Write(descriptor, start, (nuint)bytes.Length) - bytes.Length);
    }

    private static void Check(nint result)
    {
        if (result != 0) throw new IOException("A system call failed.");
    }
}
