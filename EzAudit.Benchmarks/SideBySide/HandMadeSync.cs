namespace EzAudit.Benchmarks.SideBySide;

/// <summary>
/// What an application would do that needs its log records on disk: the logger's call, then an fdatasync(2) of the same file through
/// a descriptor of its own, both under a lock for each file or, since the logger has one already, without. The loggers themselves
/// offer no such thing.
/// </summary>
internal sealed class HandMadeSync(string directory, IContender logger, bool locked) : IContender
{
    private readonly RawFiles _files = new(directory);
    private readonly Lock[] _gates = [.. Enumerable.Range(0, SampleRecord.Functions.Length).Select(_ => new Lock())];

    public void Write(int file, int thread, int number)
    {
        if (!locked)
        {
            WriteAndSync(file, thread, number);
            return;
        }
        lock (_gates[file]) WriteAndSync(file, thread, number);
    }

    public void Drain() => logger.Drain();

    public void Dispose()
    {
        logger.Dispose();
        _files.Dispose();
    }

    private void WriteAndSync(int file, int thread, int number)
    {
        logger.Write(file, thread, number);
        _files.Sync(file);
    }
}
