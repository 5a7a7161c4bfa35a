using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>A log directory identified by its descriptor. Files are opened beneath it, never through a symbolic link.</summary>
internal sealed class LinuxDirectory(string path, AccessRule rule) : ILogDirectory
{
    private const int Flags = OpenFlags.ReadWrite | OpenFlags.Append | OpenFlags.CloseOnExec | OpenFlags.NoControllingTerminal | OpenFlags.NonBlocking;
    private const uint NoReplace = 1;
    private const int MaxAttempts = 5;

    private readonly LinuxDirectoryHandle _root = new(path, rule);
    private string _lastName = "";
    private string _lastPath = "";

    public string Path { get; } = path;

    public IAppendFile OpenAppend(string name) => new LinuxFile(OpenOrCreate(name, rule.FileBits), FullPath(name));

    public IReadFile? OpenRead(string name)
    {
        // Opening anything beneath the directory would create it.
        if (Identify(name) is null) return null;
        SafeFileHandle handle = _root.Open(name, Flags & ~(OpenFlags.ReadWrite | OpenFlags.Append), 0, out int errno);
        if (!handle.IsInvalid) return new LinuxFile(Accepted(handle, name, Access.Read), FullPath(name));
        handle.Dispose();
        return errno == Errno.ENOENT ? null : throw Errno.Failure(AuditWriteStage.Open, FullPath(name), errno);
    }

    public IFileLock OpenLock(string name)
    {
        SafeFileHandle handle = OpenOrCreate(name, rule.LockBits);
        Tighten(handle, name);
        return new LinuxLock(handle, FullPath(name));
    }

    public FileIdentity? Identify(string name)
    {
        // By path and not by descriptor: a directory that was moved away is no longer the log directory.
        int result = Libc.Statx(Statx.AtFileDescriptorCwd, FullPath(name), Statx.NoFollow, Statx.Wanted, out Statx status);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return status.Identity;
        return errno is Errno.ENOENT or Errno.ENOTDIR ? null : throw Errno.Failure(AuditWriteStage.Open, FullPath(name), errno);
    }

    public void Rename(string name, string newName)
    {
        int result = Libc.Rename(_root.Handle, name, _root.Handle, newName, NoReplace);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return;
        // Not every file system supports the flag, and kernels before 3.15 lack the call.
        if (errno is not (Errno.EINVAL or Errno.ENOSYS)) throw Errno.Failure(AuditWriteStage.Rotate, FullPath(name), errno);
        RenameToReserved(name, newName);
    }

    public void Delete(string name) => Errno.ThrowIfFailed(Libc.Unlink(_root.Handle, name, 0), AuditWriteStage.Rotate, FullPath(name));

    public void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        using LinuxFile file = OpenToOverwrite(name, offset + bytes.Length);
        file.Overwrite(offset, bytes);
        file.Sync();
    }

    public void Overwrite(string name, IReadOnlyList<FilePatch> patches)
    {
        using LinuxFile file = OpenToOverwrite(name, patches.Select(patch => patch.End).DefaultIfEmpty(0).Max());
        foreach (FilePatch patch in patches) file.Overwrite(patch.Offset, patch.Bytes.Span);
        file.Sync();
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
            throw Errno.Failure(AuditWriteStage.Rotate, directory, Errno.Of(cause));
        }
    }

    public void Sync(string name)
    {
        using SafeFileHandle directory = _root.OpenDirectory(ParentOf(name), AuditWriteStage.Sync);
        Errno.ThrowIfFailed(Libc.Sync(directory), AuditWriteStage.Sync, FullPath(name));
    }

    public void Reopen() => _root.Close();

    public void Dispose() => _root.Dispose();

    private LinuxFile OpenToOverwrite(string name, long end)
    {
        // Without O_APPEND: Linux would append, whatever the offset.
        SafeFileHandle handle = _root.Open(name, Flags & ~OpenFlags.Append, 0, out int errno);
        var file = handle.IsInvalid ? throw Errno.Failure(AuditWriteStage.Open, FullPath(name), errno) : new LinuxFile(handle, FullPath(name));
        FileIdentity found = file.Identify();
        if (found.IsRegular && end <= found.Length) return file;
        file.Dispose();
        throw StorageException.OutsideOf(FullPath(name), found, end);
    }

    // Reserves the new name with an empty file, which fails if the name is taken, and then replaces that file. Only the holder of the log file's
    // lease renames, and a process stopped in between leaves an empty file and overwrites nothing.
    private void RenameToReserved(string name, string newName)
    {
        using SafeFileHandle reserved = TryCreate(newName, rule.FileBits) ?? throw Errno.Failure(AuditWriteStage.Rotate, FullPath(newName), Errno.EEXIST);
        int result = Libc.Rename(_root.Handle, name, _root.Handle, newName);
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0) return;
        Delete(newName);
        throw Errno.Failure(AuditWriteStage.Rotate, FullPath(name), errno);
    }

    private SafeFileHandle OpenOrCreate(string name, uint mode)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (TryOpen(name) is { } found) return Accepted(found, name, Access.Append);
                if (TryCreate(name, mode) is { } made) return Accepted(made, name, Access.Create);
            }
            catch (StorageException gone) when (gone.Errno == Errno.ENOENT && attempt < MaxAttempts)
            {
                // Another process that is starting removes the directories it created for its self-test, possibly those just opened here.
                Reopen();
            }
        }
    }

    // Returns null if the file does not exist.
    private SafeFileHandle? TryOpen(string name)
    {
        SafeFileHandle handle = _root.Open(name, Flags, 0, out int errno);
        if (!handle.IsInvalid) return handle;
        handle.Dispose();
        return errno == Errno.ENOENT ? null : throw Errno.Failure(AuditWriteStage.Open, FullPath(name), errno);
    }

    // Returns null if another process has created the file meanwhile.
    private SafeFileHandle? TryCreate(string name, uint mode)
    {
        const int create = Flags | OpenFlags.Create | OpenFlags.Exclusive;
        SafeFileHandle handle = _root.Open(name, create, mode, out int errno);
        if (handle.IsInvalid && errno == Errno.ENOENT)
        {
            handle.Dispose();
            MakeParents(name);
            handle = _root.Open(name, create, mode, out errno);
        }
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return errno == Errno.EEXIST ? null : throw Errno.Failure(AuditWriteStage.Open, FullPath(name), errno);
        }
        Errno.ThrowIfFailed(Libc.ChangeMode(handle, mode), AuditWriteStage.Open, FullPath(name));
        return handle;
    }

    private void MakeParents(string name)
    {
        string[] parts = name.Split('/');
        if (parts.Length == 1) Reopen();
        SafeFileHandle? parent = null;
        for (int i = 1; i < parts.Length; i++)
        {
            string path = string.Join('/', parts[..i]);
            _root.Make(parent ?? _root.Handle, parts[i - 1], FullPath(path));
            parent?.Dispose();
            parent = _root.OpenDirectory(path);
        }
        parent?.Dispose();
    }

    // Returns the open file if records may go there. Hands a file that root has just created, or created before being stopped, over to
    // the owner of the directory.
    private SafeFileHandle Accepted(SafeFileHandle handle, string name, Access access)
    {
        try
        {
            Statx status = Statx.Of(handle, FullPath(name));
            RefuseKind(status, name);
            Ownership directory = AcceptParents(name);
            Ownership owner = directory.UserId == Ownership.Root ? _root.Owner : directory;
            if (status.Size == 0 && access != Access.Read) owner.TakeOver(handle, FullPath(name));
            if (rule.CheckFile(Ownership.Of(handle, FullPath(name)), directory) is { } problem) throw problem.ToException(FullPath(name));
            return handle;
        }
        catch
        {
            handle.Dispose();
            if (access == Access.Create) Delete(name);
            throw;
        }
    }

    // Refuses anything under the name of a log file that is not one: a pipe, a device, or a second name of another file.
    private void RefuseKind(in Statx status, string name)
    {
        if (!status.IsRegularFile)
            throw new AccessProblem("something other than a regular file", $"a {KindOf(name)}").ToException(FullPath(name));
        if (status.Links > 1)
            throw new AccessProblem($"a file with {status.Links} names (hard links)", "one").ToException(FullPath(name));
    }

    // The owner of the file's directory; all directories on the way to it are checked.
    private Ownership AcceptParents(string name)
    {
        Ownership owner = _root.Owner;
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            string path = name[..slash];
            using SafeFileHandle part = _root.OpenDirectory(path);
            if (path == LockFiles.DirectoryName) owner.TakeOver(part, FullPath(path));
            Ownership found = Ownership.Of(part, FullPath(path));
            if (rule.CheckDirectory(found, owner) is { } problem) throw problem.ToException(FullPath(path));
            owner = found;
        }
        return owner;
    }

    // Earlier versions gave lock files the permissions of the log. Failure means that the file belongs to another user, who has to tighten it.
    private void Tighten(SafeFileHandle handle, string name)
    {
        Ownership found = Ownership.Of(handle, FullPath(name));
        if (((uint)found.Mode & ~rule.LockBits) != 0) _ = Libc.ChangeMode(handle, (uint)found.Mode & rule.LockBits);
    }

    private string KindOf(string name) => name.StartsWith(LockFiles.DirectoryName + "/", StringComparison.Ordinal) ? "lock file" : rule.FileKind;

    private static string ParentOf(string name) => name.LastIndexOf('/') is var slash and >= 0 ? name[..slash] : "";

    // Cached, because the same name comes with every call.
    private string FullPath(string name)
    {
        if (ReferenceEquals(name, _lastName)) return _lastPath;
        _lastPath = System.IO.Path.Combine(Path, name);
        _lastName = name;
        return _lastPath;
    }

    private enum Access
    {
        Read,
        Append,
        Create,
    }
}
