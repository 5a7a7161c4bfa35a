using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>
/// The log directory of a sealed log file: the files that it opens are sealed, and renaming and deleting are recorded in the ledger first.
/// Without sealing, the writer uses the directory itself.
/// </summary>
/// <param name="inner">The log directory.</param>
/// <param name="terminator">Ends every record of the file.</param>
/// <param name="sealer">The sealer of the directory.</param>
internal sealed class SealedDirectory(ILogDirectory inner, ReadOnlyMemory<byte> terminator, Sealer sealer) : ILogDirectory
{
    public string Path => inner.Path;

    public IAppendFile OpenAppend(string name)
    {
        IAppendFile file = inner.OpenAppend(name);
        if (name.StartsWith(LockFiles.DirectoryName, StringComparison.Ordinal)) return file;
        try
        {
            return sealer.Open(file, name, terminator);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public IReadFile? OpenRead(string name) => inner.OpenRead(name);

    public IFileLock OpenLock(string name) => inner.OpenLock(name);

    public FileIdentity? Identify(string name) => inner.Identify(name);

    public void Rename(string name, string newName)
    {
        sealer.Renaming(name, newName, inner.Identify(name));
        inner.Rename(name, newName);
    }

    public void Delete(string name)
    {
        if (!name.StartsWith(LockFiles.DirectoryName, StringComparison.Ordinal)) sealer.Removing(name, inner.Identify(name));
        inner.Delete(name);
    }

    public void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes) => inner.Overwrite(name, offset, bytes);

    public IReadOnlyList<string> ListSiblings(string name) => inner.ListSiblings(name);

    public void Sync(string name) => inner.Sync(name);

    public void Reopen() => inner.Reopen();

    public void Dispose() => inner.Dispose();
}
