using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory whose process is stopped before its n-th change: nothing after that happens any more.</summary>
internal sealed class StoppingDirectory(ILogDirectory inner, int stopAt) : ILogDirectory
{
    private int _changes;

    public bool HasStopped => _changes >= stopAt;

    public string Path => inner.Path;

    public IAppendFile OpenAppend(string name)
    {
        // Opening what is there changes nothing; making a file does.
        if (inner.Identify(name) is null) Step();
        return new StoppingFile(inner.OpenAppend(name), Step);
    }

    public IFileLock OpenLock(string name) => inner.OpenLock(name);

    public FileIdentity? Identify(string name) => inner.Identify(name);

    public void Rename(string name, string newName)
    {
        Step();
        inner.Rename(name, newName);
    }

    public void Delete(string name)
    {
        Step();
        inner.Delete(name);
    }

    public IReadOnlyList<string> ListSiblings(string name) => inner.ListSiblings(name);

    public void Sync(string name)
    {
        Step();
        inner.Sync(name);
    }

    public void Reopen() => inner.Reopen();

    public void Dispose() => inner.Dispose();

    private void Step()
    {
        if (_changes + 1 >= stopAt)
        {
            _changes = stopAt;
            throw new OperationCanceledException("stopped");
        }
        _changes++;
    }

    private sealed class StoppingFile(IAppendFile inner, Action step) : IAppendFile
    {
        public FileIdentity Identify() => inner.Identify();

        public int Append(ReadOnlySpan<byte> bytes)
        {
            step();
            return inner.Append(bytes);
        }

        public void Sync()
        {
            step();
            inner.Sync();
        }

        public int Read(Span<byte> buffer, long offset) => inner.Read(buffer, offset);

        public void Dispose() => inner.Dispose();
    }
}
