using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>Opens a log directory, creating it and the directories in it if they are missing. Refuses directories that strangers could change.</summary>
internal sealed class LinuxHome(string path, AccessRule rule) : IDisposable
{
    private const int Flags = OpenFlags.ReadOnly | OpenFlags.CloseOnExec;

    private readonly Lock _gate = new();
    private SafeFileHandle? _handle;
    // Kept after closing: a directory found later in its place must belong to the same user.
    private Ownership? _owner;

    /// <summary>The open log directory.</summary>
    public SafeFileHandle Handle
    {
        get
        {
            lock (_gate) return _handle ??= Open();
        }
    }

    /// <summary>The owner of the log directory.</summary>
    public Ownership Owner
    {
        get
        {
            _ = Handle;
            return _owner!.Value;
        }
    }

    /// <summary>Closes the directory, so that the next use opens it again by its path.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _handle?.Dispose();
            _handle = null;
        }
    }

    public void Dispose() => Close();

    /// <summary>Creates a directory, with the configured permissions regardless of the umask, and for the owner of its parent.</summary>
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

    // Symbolic links above the log directory are the operator's choice. Directories created on the way are synced
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
            // The first time the operator chose the place; if it vanishes later, a stranger may have replaced it.
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
            throw LinuxOwner.Refusal(fullPath, new($"a directory of user {found.UserId}", $"one of user {known.UserId}, like the log directory before"));
        return found;
    }

    private static SafeFileHandle OpenPath(string path, out int errno)
    {
        int descriptor = Libc.Open(path, Flags | OpenFlags.Directory, 0);
        errno = Marshal.GetLastPInvokeError();
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
