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

    public IReadFile? OpenRead(string name)
    {
        string full = FullPath(name);
        if (!File.Exists(full)) return null;
        SafeFileHandle handle = Open(full, LibSystem.NoFollow | LibSystem.CloseOnExec, AuditWriteStage.Open);
        if (!rule.IsForKeys || (File.GetUnixFileMode(handle) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) == 0) return new MacFile(handle, full);
        handle.Dispose();
        throw new AccessProblem("a key file that others can read or write", "one that only its owner, or its owner and group, can read (chmod o-rw)").ToException(full);
    }

    public IFileLock OpenLock(string name) => new MacLock(OpenOrCreate(name, (UnixFileMode)rule.LockBits), FullPath(name));

    public FileIdentity? Identify(string name)
    {
        var file = new FileInfo(FullPath(name));
        return file.Exists
            ? new FileIdentity(0, (ulong)file.CreationTimeUtc.Ticks, file.Length, IsRegular: true, Instant.FromDateTimeUtc(file.LastWriteTimeUtc))
            : null;
    }

    public void Rename(string name, string newName) =>
        LibSystem.ThrowIfFailed(LibSystem.Rename(FullPath(name), FullPath(newName), Exclusive), AuditWriteStage.Rotate, FullPath(name));

    public void Delete(string name) => File.Delete(FullPath(name));

    public void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        SafeFileHandle handle = Open(FullPath(name), Flags & ~LibSystem.Append, AuditWriteStage.Open);
        using var file = new MacFile(handle, FullPath(name));
        FileIdentity found = file.Identify();
        if (offset + bytes.Length > found.Length) throw StorageException.OutsideOf(FullPath(name), found, offset + bytes.Length);
        RandomAccess.Write(handle, bytes, offset);
        file.Sync();
    }

    public IReadOnlyList<string> ListSiblings(string name) =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(FullPath(name))!).Select(file => System.IO.Path.GetFileName(file))];

    public void Sync(string name)
    {
        using SafeFileHandle directory = Open(System.IO.Path.GetDirectoryName(FullPath(name))!, LibSystem.CloseOnExec, AuditWriteStage.Sync);
        LibSystem.ThrowIfFailed(LibSystem.Control(directory, LibSystem.FullSync), AuditWriteStage.Sync, FullPath(name), mayBeStored: true);
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
        LibSystem.ThrowIfFailed(descriptor, stage, fullPath);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private string FullPath(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>A log file opened with O_APPEND on macOS.</summary>
[SupportedOSPlatform("macos")]
internal sealed class MacFile(SafeFileHandle handle, string path) : IAppendFile
{
    private const int Interrupted = 4;

    public FileIdentity Identify() => MacDirectory.Identify(handle);

    public unsafe int Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                nint written = LibSystem.Write(handle, start, (nuint)bytes.Length);
                int errno = Marshal.GetLastPInvokeError();
                if (written >= 0) return (int)written;
                if (errno != Interrupted) throw LibSystem.Failure(AuditWriteStage.Write, path, errno);
            }
        }
    }

    public void Sync() => LibSystem.ThrowIfFailed(LibSystem.Control(handle, LibSystem.FullSync), AuditWriteStage.Sync, path, mayBeStored: true);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}

/// <summary>flock(2) on a separate file.</summary>
[SupportedOSPlatform("macos")]
internal sealed class MacLock(SafeFileHandle handle, string path) : IFileLock
{
    private const int ExclusiveNonBlocking = 6;
    private const int Free = 8;
    private const int Interrupted = 4;
    private const int WouldBlock = 35;

    public bool TryLock()
    {
        int result = LibSystem.Lock(handle, ExclusiveNonBlocking);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return true;
        return errno is WouldBlock or Interrupted ? false : throw LibSystem.Failure(AuditWriteStage.Lock, path, errno);
    }

    public void Unlock() => LibSystem.ThrowIfFailed(LibSystem.Lock(handle, Free), AuditWriteStage.Lock, path);

    public void Dispose() => handle.Dispose();
}
