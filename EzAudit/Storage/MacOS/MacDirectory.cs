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

    public IAppendFile OpenAppend(string name) => new MacFile(OpenOrCreate(name, rule.FileMode), FullPath(name));

    public IFileLock OpenLock(string name) => new MacLock(OpenOrCreate(name, (UnixFileMode)rule.LockBits), FullPath(name));

    public FileIdentity? Identify(string name)
    {
        var file = new FileInfo(FullPath(name));
        return file.Exists
            ? new FileIdentity(0, (ulong)file.CreationTimeUtc.Ticks, file.Length, IsRegular: true, Instant.FromDateTimeUtc(file.LastWriteTimeUtc))
            : null;
    }

    public void Rename(string name, string newName) =>
        MacFailure.ThrowIfFailed(LibSystem.Rename(FullPath(name), FullPath(newName), Exclusive), AuditWriteStage.Rotate, FullPath(name));

    public void Delete(string name) => File.Delete(FullPath(name));

    public IReadOnlyList<string> ListSiblings(string name) =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(FullPath(name))!).Select(file => System.IO.Path.GetFileName(file))];

    public void Sync(string name)
    {
        using SafeFileHandle directory = Open(System.IO.Path.GetDirectoryName(FullPath(name))!, LibSystem.CloseOnExec, AuditWriteStage.Sync);
        MacFailure.ThrowIfFailed(LibSystem.Control(directory, LibSystem.FullSync), AuditWriteStage.Sync, FullPath(name), mayBeStored: true);
    }

    public void Reopen()
    {
    }

    public void Dispose()
    {
    }

    // .NET creates the file, because it knows how to pass a mode; then it is opened again without O_CREAT.
    private SafeFileHandle OpenOrCreate(string name, UnixFileMode mode)
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
        return Open(full, Flags, AuditWriteStage.Open);
    }

    private static SafeFileHandle Open(string fullPath, int flags, AuditWriteStage stage)
    {
        int descriptor = LibSystem.Open(fullPath, flags);
        MacFailure.ThrowIfFailed(descriptor, stage, fullPath);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private string FullPath(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>Turns a macOS error number, which differs from Linux's, into an exception.</summary>
internal static class MacFailure
{
    /// <summary>Throws if a call has returned -1. The call must be the first argument, so that no other call replaces its error.</summary>
    public static void ThrowIfFailed(int result, AuditWriteStage stage, string path, bool mayBeStored = false)
    {
        int errno = Marshal.GetLastPInvokeError();
        if (result == -1) throw Of(stage, path, errno, mayBeStored);
    }

    public static StorageException Of(AuditWriteStage stage, string path, int errno, bool mayBeStored = false) =>
        new(stage, path, errno, $"errno {errno}", $"{path}: {stage} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).", mayBeStored);
}
