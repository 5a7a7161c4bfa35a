namespace EzAudit.Benchmarks.SideBySide;

/// <summary>
/// What an application would do that needs its log records on disk: a lock for each file, the logger's call, and an fdatasync(2) of
/// the same file through a descriptor of its own. The loggers themselves offer no such thing.
/// </summary>
internal sealed class HandMadeSync(string directory, IContender logger) : IContender
{
    private readonly RawFiles _files = new(directory);
    private readonly Lock[] _gates = [.. Enumerable.Range(0, SampleRecord.Functions.Length).Select(_ => new Lock())];

    public void Write(int file, int thread, int number)
    {
        lock (_gates[file])
        {
            logger.Write(file, thread, number);
            _files.Sync(file);
        }
    }

    public void Drain() => logger.Drain();

    public void Dispose()
    {
        logger.Dispose();
        _files.Dispose();
    }
}
