namespace EzAudit.Storage;

/// <summary>A lock between open files, in this process and others. The operating system frees it when its holder dies.</summary>
internal interface IFileLock : IDisposable
{
    bool TryLock();

    void Unlock();
}
