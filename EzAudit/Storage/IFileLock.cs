namespace EzAudit.Storage;

/// <summary>A lock between open files, in this process and others. The operating system frees it when its holder dies.</summary>
internal interface IFileLock : IDisposable
{
    bool TryLock();

    /// <summary>Tells the holder that somebody waits; to be said again every few milliseconds. A hint, never needed to be right.</summary>
    void Want()
    {
    }

    /// <summary>Whether somebody has said within the last milliseconds that it waits; true where that cannot be known.</summary>
    bool IsWanted => true;

    void Unlock();
}
