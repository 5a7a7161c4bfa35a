using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Tests.Faults.Memory;

/// <summary>
/// A disk in memory that keeps only what was synced, each file and directory separately, and that breaks at a chosen call. Thread-safe.
/// </summary>
internal sealed class MemoryDisk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryInode> _names = [];
    private Dictionary<string, MemoryInode> _namesOnDisk = [];
    private ulong _inodes;
    private int _calls;

    /// <summary>The number of the call that breaks, counted from 1; 0 for none.</summary>
    public int BreaksAt { get; init; }

    public MemoryFault Fault { get; init; }

    /// <summary>The number of calls so far.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>After a power cut every call fails, and nothing reaches the disk.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Makes one call, or breaks it if it is the chosen one.</summary>
    /// <param name="stage">The stage that the failure reports.</param>
    /// <param name="call">The call; its argument says whether to do only half of the work.</param>
    /// <param name="onError">What an error leaves behind.</param>
    public T Call<T>(AuditWriteStage stage, Func<bool, T> call, Action? onError = null)
    {
        lock (_gate)
        {
            bool breaks = ++_calls == BreaksAt;
            if (breaks && Fault == MemoryFault.Cut) IsCut = true;
            if (breaks && Fault == MemoryFault.Error) onError?.Invoke();
            if (IsCut || (breaks && Fault == MemoryFault.Error))
                throw new StorageException(stage, "memory", 5, "EIO", "memory: input/output error (EIO).", mayBeStored: stage == AuditWriteStage.Sync);
            return call(breaks && Fault == MemoryFault.HalfWrite);
        }
    }

    public MemoryInode? Find(string name) => _names.GetValueOrDefault(name);

    public MemoryInode Make(string name) => _names[name] = new MemoryInode(++_inodes);

    public void Remove(string name) => _names.Remove(name);

    public void Rename(string name, string newName)
    {
        _names.Add(newName, _names[name]);
        _names.Remove(name);
    }

    public IEnumerable<string> Names => _names.Keys;

    // Syncing all directories at once would hide a sync of the wrong one.
    public void SyncDirectory(string parent)
    {
        foreach (string name in _namesOnDisk.Keys.Where(name => ParentOf(name) == parent).ToList()) _namesOnDisk.Remove(name);
        foreach (string name in _names.Keys.Where(name => ParentOf(name) == parent)) _namesOnDisk[name] = _names[name];
    }

    /// <summary>The disk as the next start of the machine finds it: without the names and bytes that were not synced.</summary>
    public MemoryDisk Restart(Random random)
    {
        lock (_gate)
        {
            var next = new MemoryDisk();
            foreach (var (name, inode) in _namesOnDisk) next._names[name] = inode.AfterRestart(++next._inodes, random);
            next._namesOnDisk = new Dictionary<string, MemoryInode>(next._names);
            return next;
        }
    }

    /// <summary>The contents of all files with this stem, concatenated.</summary>
    public string Text(string stem)
    {
        lock (_gate) return string.Join("\n\n=\n\n", _names.Where(pair => pair.Key.StartsWith(stem, StringComparison.Ordinal)).Select(pair => pair.Value.Text));
    }

    public static string ParentOf(string name) => name.LastIndexOf('/') is var slash and >= 0 ? name[..slash] : "";
}
