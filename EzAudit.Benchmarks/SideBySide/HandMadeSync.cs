namespace EzAudit.Benchmarks.SideBySide;

/// <summary>
/// What an application must do to get its log records on disk: call the logger, then fdatasync(2) the same file through its own descriptor,
/// both under a lock per file or, because the logger already has one, without. The loggers themselves offer nothing like it.
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
