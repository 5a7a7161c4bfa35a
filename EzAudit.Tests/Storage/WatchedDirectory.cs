using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory that lets a test act when a file is opened for appending, or when it is put on disk.</summary>
internal sealed class WatchedDirectory(ILogDirectory inner, Action<string> act, bool afterwards = false) : ILogDirectory
{
    public string Path => inner.Path;

    public IAppendFile OpenAppend(string name)
    {
        IAppendFile file = inner.OpenAppend(name);
        if (!afterwards) act(name);
        return afterwards ? new WatchedFile(file, () => act(name)) : file;
    }

    public IFileLock OpenLock(string name) => inner.OpenLock(name);

    public FileIdentity? Identify(string name) => inner.Identify(name);

    public void Rename(string name, string newName) => inner.Rename(name, newName);

    public void Delete(string name) => inner.Delete(name);

    public IReadOnlyList<string> ListSiblings(string name) => inner.ListSiblings(name);

    public void Sync(string name) => inner.Sync(name);

    public void Reopen() => inner.Reopen();

    public void Dispose() => inner.Dispose();

    private sealed class WatchedFile(IAppendFile inner, Action synced) : IAppendFile
    {
        public FileIdentity Identify() => inner.Identify();

        public int Append(ReadOnlySpan<byte> bytes) => inner.Append(bytes);

        public void Sync()
        {
            inner.Sync();
            synced();
        }

        public int Read(Span<byte> buffer, long offset) => inner.Read(buffer, offset);

        public void Dispose() => inner.Dispose();
    }
}
