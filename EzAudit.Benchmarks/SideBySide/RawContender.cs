namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The upper bound: a record assembled by hand and one write(2), plus one fdatasync(2) for disk. No locks, no checks.</summary>
internal sealed class RawContender(string directory, int threads, bool sync) : IContender
{
    private readonly RawFiles _files = new(directory);
    private readonly RawRecord[] _records = [.. Enumerable.Range(0, threads).Select(thread => new RawRecord(thread))];

    public void Write(int file, int thread, int number)
    {
        _files.Append(file, _records[thread].Format(number));
        if (sync) _files.Sync(file);
    }

    public void Drain()
    {
    }

    public void Dispose() => _files.Dispose();
}
