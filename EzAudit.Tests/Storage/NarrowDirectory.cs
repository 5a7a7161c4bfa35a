using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory on a disk with room for so many bytes, which counts writes and syncs.</summary>
internal sealed class NarrowDirectory(ILogDirectory inner) : ILogDirectory
{
    private int _writes;
    private int _syncs;

    public int Room { get; set; } = int.MaxValue;

    public int Writes => _writes;

    public int Syncs => _syncs;

    public string Path => inner.Path;

    public IAppendFile OpenAppend(string name) => new NarrowFile(this, inner.OpenAppend(name));

    public IFileLock OpenLock(string name) => inner.OpenLock(name);

    public FileIdentity? Identify(string name) => inner.Identify(name);

    public void Rename(string name, string newName) => inner.Rename(name, newName);

    public void Delete(string name) => inner.Delete(name);

    public IReadOnlyList<string> ListSiblings(string name) => inner.ListSiblings(name);

    public void Sync(string name) => inner.Sync(name);

    public void Reopen() => inner.Reopen();

    public void Dispose() => inner.Dispose();

    private sealed class NarrowFile(NarrowDirectory directory, IAppendFile inner) : IAppendFile
    {
        public FileIdentity Identify() => inner.Identify();

        public int Append(ReadOnlySpan<byte> bytes)
        {
            Interlocked.Increment(ref directory._writes);
            int count = inner.Append(bytes[..Math.Min(bytes.Length, directory.Room)]);
            directory.Room -= count;
            return count;
        }

        public void Sync()
        {
            Interlocked.Increment(ref directory._syncs);
            inner.Sync();
        }

        public int Read(Span<byte> buffer, long offset) => inner.Read(buffer, offset);

        public void Dispose() => inner.Dispose();
    }
}
