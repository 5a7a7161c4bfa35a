using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using EzAudit.Storage.Linux;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace EzAudit.Storage.MacOS;

/// <summary>A log directory on macOS. It compiles, but we have never run it.</summary>
[SupportedOSPlatform("macos")]
internal sealed class MacDirectory(string path, AccessRule rule) : ILogDirectory
{
    private const uint Exclusive = 4;
    private const int Flags = LibSystem.ReadWrite | LibSystem.Append | LibSystem.NoFollow | LibSystem.CloseOnExec;

    public string Path { get; } = path;

    /// <summary>.NET provides length and times of a file but no inode; the creation time is used instead.</summary>
    public static FileIdentity Identify(SafeFileHandle handle) =>
        new(0, (ulong)File.GetCreationTimeUtc(handle).Ticks, RandomAccess.GetLength(handle), IsRegular: true, Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(handle)));

    public IAppendFile OpenAppend(string name) => new MacFile(Open(name, rule.FileMode), FullPath(name));

    public IFileLock OpenLock(string name) => new MacLock(Open(name, (UnixFileMode)rule.LockBits), FullPath(name));

    public FileIdentity? Identify(string name)
    {
        var file = new FileInfo(FullPath(name));
        return file.Exists
            ? new FileIdentity(0, (ulong)file.CreationTimeUtc.Ticks, file.Length, IsRegular: true, Instant.FromDateTimeUtc(file.LastWriteTimeUtc))
            : null;
    }

    public void Rename(string name, string newName)
    {
        int result = LibSystem.Rename(FullPath(name), FullPath(newName), Exclusive);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw MacFailure.Of(AuditWriteStage.Rotate, FullPath(name), errno);
    }

    public void Delete(string name) => File.Delete(FullPath(name));

    public IReadOnlyList<string> ListSiblings(string name) =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(FullPath(name))!).Select(file => System.IO.Path.GetFileName(file))];

    public void Sync(string name)
    {
        int descriptor = LibSystem.Open(System.IO.Path.GetDirectoryName(FullPath(name))!, LibSystem.CloseOnExec);
        int errno = Marshal.GetLastPInvokeError();
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (handle.IsInvalid) throw MacFailure.Of(AuditWriteStage.Sync, FullPath(name), errno);
        int result = LibSystem.Control(handle, LibSystem.FullSync);
        errno = Marshal.GetLastPInvokeError();
        if (result == -1) throw MacFailure.Of(AuditWriteStage.Sync, FullPath(name), errno, mayBeStored: true);
    }

    public void Reopen()
    {
    }

    public void Dispose()
    {
    }

    // .NET creates the file, because it knows how to pass a mode; then it is opened again without O_CREAT.
    private SafeFileHandle Open(string name, UnixFileMode mode)
    {
        string full = FullPath(name);
        if (!File.Exists(full))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!, rule.DirectoryMode);
            using (new FileStream(full, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = mode }))
            {
                File.SetUnixFileMode(full, mode);
            }
        }
        int descriptor = LibSystem.Open(full, Flags);
        int errno = Marshal.GetLastPInvokeError();
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!handle.IsInvalid) return handle;
        handle.Dispose();
        throw MacFailure.Of(AuditWriteStage.Open, full, errno);
    }

    private string FullPath(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>Turns a macOS error number, which differs from Linux's, into an exception.</summary>
internal static class MacFailure
{
    public static StorageException Of(AuditWriteStage stage, string path, int errno, bool mayBeStored = false) =>
        new(stage, path, errno, $"errno {errno}", $"{path}: {stage} failed: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).", mayBeStored);
}
