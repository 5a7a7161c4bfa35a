using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory that forwards every call to another one; tests override what they are about.</summary>
internal abstract class ForwardingDirectory(ILogDirectory inner) : ILogDirectory
{
    public string Path => inner.Path;

    public virtual IAppendFile OpenAppend(string name) => inner.OpenAppend(name);

    public virtual IReadFile? OpenRead(string name) => inner.OpenRead(name);

    public IFileLock OpenLock(string name) => inner.OpenLock(name);

    public FileIdentity? Identify(string name) => inner.Identify(name);

    public virtual void Rename(string name, string newName) => inner.Rename(name, newName);

    public virtual void Delete(string name) => inner.Delete(name);

    public virtual void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes) => inner.Overwrite(name, offset, bytes);

    public virtual void Replace(string name, string newName) => inner.Replace(name, newName);

    public IReadOnlyList<string> ListSiblings(string name) => inner.ListSiblings(name);

    public virtual void Sync(string name) => inner.Sync(name);

    public void Reopen() => inner.Reopen();

    public void Dispose() => inner.Dispose();
}
