using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>Opens a log directory and makes it, and the directories in it, where they are missing. Refuses those that strangers could change.</summary>
internal sealed class LinuxHome(string path, AccessRule rule) : IDisposable
{
    private const int Flags = OpenFlags.ReadOnly | OpenFlags.CloseOnExec;

    private readonly Lock _gate = new();
    private SafeFileHandle? _handle;
    // Kept when the directory is closed: one that is found later in its place must be the same user's.
    private Ownership? _owner;

    /// <summary>The log directory, open.</summary>
    public SafeFileHandle Handle
    {
        get
        {
            lock (_gate) return _handle ??= Open();
        }
    }

    /// <summary>Whose the log directory is.</summary>
    public Ownership Owner
    {
        get
        {
            _ = Handle;
            return _owner!.Value;
        }
    }

    /// <summary>Closes it, to be opened again by its path.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _handle?.Dispose();
            _handle = null;
        }
    }

    public void Dispose() => Close();

    /// <summary>Makes a directory, with the permissions of the settings whatever the umask; for the owner of the one it is in.</summary>
    public void Make(SafeFileHandle parent, string name, string fullPath)
    {
        int result = Libc.MakeDirectoryAt(parent, name, rule.DirectoryBits);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0)
        {
            if (errno == Errno.EEXIST) return;
            throw LinuxFailure.Of(AuditWriteStage.Open, fullPath, errno);
        }
        int descriptor = Libc.OpenAt(parent, name, Flags | OpenFlags.Directory | OpenFlags.NoFollow, 0);
        errno = Marshal.GetLastPInvokeError();
        using var made = new SafeFileHandle(descriptor, ownsHandle: true);
        if (made.IsInvalid) throw LinuxFailure.Of(AuditWriteStage.Open, fullPath, errno);
        LinuxOwner.SetMode(made, rule.DirectoryBits, fullPath);
        LinuxOwner.HandOver(made, LinuxOwner.Of(parent, fullPath), fullPath);
        Sync(parent, fullPath);
    }

    public static void Sync(SafeFileHandle directory, string fullPath)
    {
        int result = Libc.Sync(directory);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0) throw LinuxFailure.Of(AuditWriteStage.Sync, fullPath, errno);
    }

    // Above the log directory symbolic links are the operator's own business; the directories made on the way are on disk
    // before anything is written into them.
    private SafeFileHandle Open()
    {
        var missing = new Stack<string>();
        string nearest = path;
        SafeFileHandle handle;
        while ((handle = OpenPath(nearest, out int errno)).IsInvalid)
        {
            handle.Dispose();
            if (errno != Errno.ENOENT || Path.GetDirectoryName(nearest) is not { } parent) throw LinuxFailure.Of(AuditWriteStage.Open, nearest, errno);
            missing.Push(Path.GetFileName(nearest));
            nearest = parent;
        }
        try
        {
            // The first time it is the operator who chose the place; when it vanishes later, a stranger may have cleared the way.
            if (_owner is not null) Accept(handle, nearest);
            while (missing.TryPop(out string? part))
            {
                using SafeFileHandle parent = handle;
                nearest = Path.Combine(nearest, part);
                Make(parent, part, nearest);
                handle = OpenPath(nearest, out int errno);
                if (handle.IsInvalid) throw LinuxFailure.Of(AuditWriteStage.Open, nearest, errno);
            }
            _owner = Accept(handle, path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private Ownership Accept(SafeFileHandle directory, string fullPath)
    {
        Ownership found = LinuxOwner.Of(directory, fullPath);
        if (rule.CheckDirectory(found) is { } problem) throw LinuxOwner.Refusal(fullPath, problem);
        if (_owner is { } known && !found.IsTrusted && found.UserId != known.UserId)
            throw LinuxOwner.Refusal(fullPath, new($"a directory of user {found.UserId}", $"one of user {known.UserId}, as the log directory was before"));
        return found;
    }

    private static SafeFileHandle OpenPath(string path, out int errno)
    {
        int descriptor = Libc.Open(path, Flags | OpenFlags.Directory, 0);
        errno = Marshal.GetLastPInvokeError();
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
