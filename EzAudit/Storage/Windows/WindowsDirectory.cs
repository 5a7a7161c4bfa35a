using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Windows;

/// <summary>A log directory on Windows; new files inherit its permissions. It compiles, but we have never run it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsDirectory(string path) : ILogDirectory
{
    public string Path { get; } = path;

    public IAppendFile OpenAppend(string name)
    {
        SafeFileHandle handle = Open(name);
        try
        {
            RefuseLinks(handle, name);
            return new WindowsFile(handle, FullPath(name));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public IReadFile? OpenRead(string name)
    {
        string full = FullPath(name);
        if (!File.Exists(full)) return null;
        SafeFileHandle handle = Kernel32.CreateFile(full, Kernel32.ReadData | Kernel32.ReadAttributes, Kernel32.ShareAll, 0, Kernel32.OpenExisting, Kernel32.OpenReparsePoint, 0);
        int error = Marshal.GetLastPInvokeError();
        return handle.IsInvalid ? throw Kernel32.Failure(AuditWriteStage.Open, full, error) : new WindowsFile(handle, full);
    }

    public IFileLock OpenLock(string name) => new WindowsLock(Open(name), FullPath(name));

    public FileIdentity? Identify(string name)
    {
        if (!File.Exists(FullPath(name))) return null;
        using SafeFileHandle handle = Kernel32.CreateFile(FullPath(name), Kernel32.ReadAttributes, Kernel32.ShareAll, 0, Kernel32.OpenExisting, Kernel32.OpenReparsePoint, 0);
        int error = Marshal.GetLastPInvokeError();
        if (handle.IsInvalid) return error is Kernel32.ErrorFileNotFound or Kernel32.ErrorPathNotFound ? null : throw Kernel32.Failure(AuditWriteStage.Open, FullPath(name), error);
        return new WindowsFile(handle, FullPath(name)).Identify();
    }

    public void Rename(string name, string newName) => Try(AuditWriteStage.Rotate, name, () => File.Move(FullPath(name), FullPath(newName), overwrite: false));

    public void Delete(string name) => Try(AuditWriteStage.Rotate, name, () => File.Delete(FullPath(name)));

    public void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        string full = FullPath(name);
        using SafeFileHandle handle = Kernel32.CreateFile(
            full, Kernel32.WriteData | Kernel32.ReadAttributes | Kernel32.Synchronize, Kernel32.ShareAll, 0, Kernel32.OpenExisting, Kernel32.OpenReparsePoint, 0);
        int error = Marshal.GetLastPInvokeError();
        if (handle.IsInvalid) throw Kernel32.Failure(AuditWriteStage.Open, full, error);
        RefuseLinks(handle, name);
        var file = new WindowsFile(handle, full);
        FileIdentity found = file.Identify();
        if (offset + bytes.Length > found.Length) throw StorageException.OutsideOf(full, found, offset + bytes.Length);
        RandomAccess.Write(handle, bytes, offset);
        file.Sync();
    }

    public IReadOnlyList<string> ListSiblings(string name) =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(FullPath(name))!).Select(file => System.IO.Path.GetFileName(file))];

    // NTFS journals its directories; there is nothing to flush.
    public void Sync(string name)
    {
    }

    public void Reopen()
    {
    }

    public void Dispose()
    {
    }

    private SafeFileHandle Open(string name)
    {
        string full = FullPath(name);
        Try(AuditWriteStage.Open, name, () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!));
        SafeFileHandle handle = Kernel32.CreateFile(
            full, Kernel32.AppendData | Kernel32.ReadData | Kernel32.ReadAttributes | Kernel32.Synchronize, Kernel32.ShareAll, 0, Kernel32.OpenAlways, Kernel32.OpenReparsePoint, 0);
        int error = Marshal.GetLastPInvokeError();
        if (handle.IsInvalid) throw Kernel32.Failure(AuditWriteStage.Open, full, error);
        return handle;
    }

    private void RefuseLinks(SafeFileHandle handle, string name)
    {
        Kernel32.ThrowIfFailed(Kernel32.GetInformation(handle, out FileInformation information), AuditWriteStage.Open, FullPath(name));
        if ((information.Attributes & (FileInformation.DirectoryAttribute | FileInformation.ReparsePointAttribute)) != 0)
            throw new AccessProblem("a directory or a link", "a log file").ToException(FullPath(name));
        if (information.Links > 1)
            throw new AccessProblem($"a file with {information.Links} names (hard links)", "one").ToException(FullPath(name));
    }

    // File.Move and similar methods throw several kinds of exceptions; all of them are environment failures.
    private void Try(AuditWriteStage stage, string name, Action action)
    {
        try
        {
            action();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Kernel32.Failure(stage, FullPath(name), cause);
        }
    }

    private string FullPath(string name) => System.IO.Path.Combine(Path, name.Replace('/', '\\'));
}

/// <summary>A log file opened only for appending: with FILE_APPEND_DATA but without FILE_WRITE_DATA, Windows ignores the position and writes at the end.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFile(SafeFileHandle handle, string path) : IAppendFile
{
    public FileIdentity Identify()
    {
        Kernel32.ThrowIfFailed(Kernel32.GetInformation(handle, out FileInformation information), AuditWriteStage.Open, path);
        return information.Identity;
    }

    public unsafe int Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            Kernel32.ThrowIfFailed(Kernel32.Write(handle, start, (uint)bytes.Length, out uint written, 0), AuditWriteStage.Write, path);
            return (int)written;
        }
    }

    public void Sync() => Kernel32.ThrowIfFailed(Kernel32.Flush(handle), AuditWriteStage.Sync, path, mayBeStored: true);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}

/// <summary>LockFileEx on a separate file.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsLock(SafeFileHandle handle, string path) : IFileLock
{
    public bool TryLock()
    {
        var range = default(NativeOverlapped);
        bool ok = Kernel32.Lock(handle, Kernel32.LockExclusive | Kernel32.LockFailImmediately, 0, 1, 0, ref range);
        int error = Marshal.GetLastPInvokeError();
        if (ok) return true;
        return error is Kernel32.ErrorLockViolation or Kernel32.ErrorIoPending ? false : throw Kernel32.Failure(AuditWriteStage.Lock, path, error);
    }

    public void Unlock()
    {
        var range = default(NativeOverlapped);
        Kernel32.ThrowIfFailed(Kernel32.Unlock(handle, 0, 1, 0, ref range), AuditWriteStage.Lock, path);
    }

    public void Dispose() => handle.Dispose();
}
