using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>A log directory held by its descriptor. Files are opened beneath it, never through a symbolic link.</summary>
internal sealed class LinuxDirectory : ILogDirectory
{
    private const int Flags = OpenFlags.ReadWrite | OpenFlags.Append | OpenFlags.CloseOnExec | OpenFlags.NoControllingTerminal | OpenFlags.NonBlocking;
    private const uint NoReplace = 1;
    private const uint MaxModeBits = 0xfff;

    private readonly uint _fileMode;
    private readonly uint _directoryMode;
    private readonly Lock _gate = new();
    private readonly LinuxOpening _opening = new();
    private SafeFileHandle? _handle;
    private string _lastName = "";
    private string _lastPath = "";

    public LinuxDirectory(string path, UnixFileMode fileMode, UnixFileMode directoryMode)
    {
        Path = path;
        _fileMode = (uint)fileMode & MaxModeBits;
        _directoryMode = (uint)directoryMode & MaxModeBits;
    }

    public string Path { get; }

    public IAppendFile OpenAppend(string name)
    {
        SafeFileHandle handle = OpenOrCreate(name);
        try
        {
            Refuse(handle, name);
            return new LinuxFile(handle, FullPath(name));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public IFileLock OpenLock(string name) => new LinuxLock(OpenOrCreate(name), FullPath(name));

    public FileIdentity? Identify(string name)
    {
        // By path and not by descriptor: a directory that was moved away is not the one that is meant.
        int result = Libc.Statx(Statx.AtFileDescriptorCwd, FullPath(name), Statx.NoFollow, Statx.BasicStats, out Statx status);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return status.Identity;
        return errno is Errno.ENOENT or 20 ? null : throw LinuxFailure.Of(AuditWriteStage.Open, FullPath(name), errno);
    }

    public void Rename(string name, string newName)
    {
        int result = Libc.Rename(Handle, name, Handle, newName, NoReplace);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Rotate, FullPath(name), errno);
    }

    public void Delete(string name)
    {
        int result = Libc.Unlink(Handle, name, 0);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Rotate, FullPath(name), errno);
    }

    public IReadOnlyList<string> ListSiblings(string name)
    {
        string directory = System.IO.Path.GetDirectoryName(FullPath(name))!;
        try
        {
            return [.. Directory.EnumerateFiles(directory).Select(file => System.IO.Path.GetFileName(file))];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // .NET keeps the error number there.
            throw LinuxFailure.Of(AuditWriteStage.Rotate, directory, cause.HResult);
        }
    }

    public void Sync(string name)
    {
        using SafeFileHandle handle = OpenBeneath(ParentOf(name) is { Length: > 0 } parent ? parent : ".", OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec, 0, out int errno);
        if (handle.IsInvalid) throw LinuxFailure.Of(AuditWriteStage.Sync, FullPath(name), errno);
        SyncDirectory(handle, FullPath(name));
    }

    public void Reopen()
    {
        lock (_gate)
        {
            _handle?.Dispose();
            _handle = null;
        }
    }

    public void Dispose() => Reopen();

    private SafeFileHandle Handle
    {
        get
        {
            lock (_gate) return _handle ??= OpenSelf();
        }
    }

    // Above the log directory symbolic links are the operator's own business; the directories made on the way are on disk
    // before anything is written into them.
    private SafeFileHandle OpenSelf()
    {
        var missing = new Stack<string>();
        string path = Path;
        SafeFileHandle handle;
        while ((handle = OpenPath(path, out int errno)).IsInvalid)
        {
            handle.Dispose();
            if (errno != Errno.ENOENT || System.IO.Path.GetDirectoryName(path) is not { } parent) throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
            missing.Push(System.IO.Path.GetFileName(path));
            path = parent;
        }
        while (missing.TryPop(out string? part))
        {
            using SafeFileHandle parent = handle;
            path = System.IO.Path.Combine(path, part);
            MakeDirectory(parent, part, path);
            handle = OpenPath(path, out int errno);
            if (handle.IsInvalid) throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
        }
        return handle;
    }

    private static SafeFileHandle OpenPath(string path, out int errno)
    {
        int descriptor = Libc.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec, 0);
        errno = Marshal.GetLastPInvokeError();
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private void MakeDirectory(SafeFileHandle parent, string name, string path)
    {
        int result = Libc.MakeDirectoryAt(parent, name, _directoryMode);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0)
        {
            if (errno == Errno.EEXIST) return;
            throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
        }
        // The mode is the settings', whatever the umask.
        int descriptor = Libc.OpenAt(parent, name, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0);
        errno = Marshal.GetLastPInvokeError();
        using var made = new SafeFileHandle(descriptor, ownsHandle: true);
        if (made.IsInvalid) throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
        ChangeMode(made, _directoryMode, path);
        SyncDirectory(parent, path);
    }

    private SafeFileHandle OpenOrCreate(string name)
    {
        for (bool parentsMade = false; ; )
        {
            SafeFileHandle handle = OpenBeneath(name, Flags, 0, out int errno);
            if (!handle.IsInvalid) return handle;
            handle.Dispose();
            if (errno != Errno.ENOENT) throw LinuxFailure.Of(AuditWriteStage.Open, FullPath(name), errno);

            handle = OpenBeneath(name, Flags | OpenFlags.Create | OpenFlags.Exclusive, _fileMode, out errno);
            if (!handle.IsInvalid)
            {
                ChangeMode(handle, _fileMode, FullPath(name));
                return handle;
            }
            handle.Dispose();
            if (errno == Errno.ENOENT && !parentsMade)
            {
                MakeParents(name);
                parentsMade = true;
            }
            else if (errno != Errno.EEXIST)
            {
                throw LinuxFailure.Of(AuditWriteStage.Open, FullPath(name), errno);
            }
        }
    }

    private void MakeParents(string name)
    {
        string[] parts = name.Split('/');
        if (parts.Length == 1) Reopen();
        SafeFileHandle? parent = null;
        for (int i = 1; i < parts.Length; i++)
        {
            string path = string.Join('/', parts[..i]);
            MakeDirectory(parent ?? Handle, parts[i - 1], FullPath(path));
            parent?.Dispose();
            parent = OpenBeneath(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec, 0, out int errno);
            if (parent.IsInvalid) throw LinuxFailure.Of(AuditWriteStage.Open, FullPath(path), errno);
        }
        parent?.Dispose();
    }

    private SafeFileHandle OpenBeneath(string name, int flags, uint mode, out int errno) => _opening.Open(Handle, name, flags, mode, out errno);

    // What stands under the name of a log file and is none: a pipe, a device, or a second name for somebody else's file.
    private void Refuse(SafeFileHandle handle, string name)
    {
        int result = Libc.Statx(handle, "", Statx.EmptyPath, Statx.BasicStats, out Statx status);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Open, FullPath(name), errno);
        if (!status.IsRegularFile)
            throw new StorageException(AuditWriteStage.Open, FullPath(name), 0, "", $"{FullPath(name)}: found something that is no regular file, wanted a log file.");
        if (status.Links > 1)
            throw new StorageException(AuditWriteStage.Open, FullPath(name), 0, "", $"{FullPath(name)}: found a file with {status.Links} names (hard links), wanted one.");
    }

    private static void ChangeMode(SafeFileHandle handle, uint mode, string path)
    {
        int result = Libc.ChangeMode(handle, mode);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Open, path, errno);
    }

    private static void SyncDirectory(SafeFileHandle handle, string path)
    {
        int result = Libc.Sync(handle);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Sync, path, errno);
    }

    private static string ParentOf(string name) => name.LastIndexOf('/') is var slash and >= 0 ? name[..slash] : "";

    // The log file's own name comes again and again.
    private string FullPath(string name)
    {
        if (ReferenceEquals(name, _lastName)) return _lastPath;
        _lastPath = System.IO.Path.Combine(Path, name);
        _lastName = name;
        return _lastPath;
    }
}
