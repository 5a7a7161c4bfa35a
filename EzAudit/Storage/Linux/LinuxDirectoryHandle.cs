using System.Runtime.InteropServices;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>
/// The open log directory, created if it is missing, and opened again by its path after <see cref="Close"/>. Opens what is beneath it without
/// following symbolic links, and refuses directories that strangers could change.
/// </summary>
internal sealed class LinuxDirectoryHandle(string path, AccessRule rule) : IDisposable
{
    private static readonly int Flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;

    private readonly Lock _gate = new();
    private SafeFileHandle? _handle;
    private bool _openAt2Missing;
    // Kept after closing: a directory found later in its place must belong to the same user.
    private Ownership? _owner;

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

    /// <summary>Opens a file beneath the log directory. On failure the handle is invalid, and <paramref name="errno"/> is the cause.</summary>
    public SafeFileHandle Open(string name, int flags, uint mode, out int errno)
    {
        SafeFileHandle directory = Handle;
        if (!_openAt2Missing)
        {
            var how = new OpenHow
            {
                Flags = (ulong)flags,
                Mode = mode,
                Resolve = OpenHow.ResolveBeneath | OpenHow.ResolveNoSymlinks | OpenHow.ResolveNoMagicLinks,
            };
            nint descriptor = Libc.OpenAt2(OpenHow.SystemCall, directory, name, how, OpenHow.Size);
            errno = Marshal.GetLastPInvokeError();
            // Kernels before 5.6 lack openat2, and some sandboxes forbid unknown calls.
            if (descriptor >= 0 || errno is not (Errno.ENOSYS or Errno.EPERM)) return new SafeFileHandle(descriptor, ownsHandle: true);
        }
        return OpenStepwise(directory, name, flags, mode, out errno);
    }

    /// <summary>Opens a directory beneath the log directory; an empty name is the log directory itself.</summary>
    public SafeFileHandle OpenDirectory(string name, AuditWriteStage stage = AuditWriteStage.Open)
    {
        SafeFileHandle handle = Open(name.Length == 0 ? "." : name, Flags, 0, out int errno);
        return handle.IsInvalid ? throw Errno.Failure(stage, Path.Combine(path, name), errno) : handle;
    }

    // Does step by step what openat2 does in one call: opens each directory in turn, none of them a symbolic link.
    private SafeFileHandle OpenStepwise(SafeFileHandle directory, string name, int flags, uint mode, out int errno)
    {
        string[] parts = name.Split('/');
        SafeFileHandle? parent = null;
        for (int i = 0; i < parts.Length - 1; i++)
        {
            SafeFileHandle step = OpenAt(parent ?? directory, parts[i], Flags, 0, out errno);
            parent?.Dispose();
            if (step.IsInvalid) return step;
            parent = step;
        }
        SafeFileHandle handle = OpenAt(parent ?? directory, parts[^1], flags, mode, out errno);
        parent?.Dispose();
        if (!handle.IsInvalid) _openAt2Missing = true;
        return handle;
    }

    private static SafeFileHandle OpenAt(SafeFileHandle directory, string name, int flags, uint mode, out int errno)
    {
        int descriptor = Libc.OpenAt(directory, name, flags | OpenFlags.NoFollow, (int)mode);
        errno = Marshal.GetLastPInvokeError();
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Creates a directory, with the configured permissions regardless of the umask, and for the owner of its parent.</summary>
    public void Make(SafeFileHandle parent, string name, string fullPath)
    {
        int result = Libc.MakeDirectoryAt(parent, name, rule.DirectoryBits);
        int errno = Marshal.GetLastPInvokeError();
        if (result != 0)
        {
            if (errno == Errno.EEXIST) return;
            throw Errno.Failure(AuditWriteStage.Open, fullPath, errno);
        }
        using SafeFileHandle made = OpenAt(parent, name, Flags, 0, out errno);
        if (made.IsInvalid) throw Errno.Failure(AuditWriteStage.Open, fullPath, errno);
        Errno.ThrowIfFailed(Libc.ChangeMode(made, rule.DirectoryBits), AuditWriteStage.Open, fullPath);
        Ownership.Of(parent, fullPath).TakeOver(made, fullPath);
        Errno.ThrowIfFailed(Libc.Sync(parent), AuditWriteStage.Sync, fullPath);
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
            if (errno != Errno.ENOENT || Path.GetDirectoryName(nearest) is not { } parent) throw Errno.Failure(AuditWriteStage.Open, nearest, errno);
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
                if (handle.IsInvalid) throw Errno.Failure(AuditWriteStage.Open, nearest, errno);
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
        Ownership found = Ownership.Of(directory, fullPath);
        AccessProblem? problem = rule.CheckDirectory(found);
        if (_owner is { } known && !found.IsTrusted && found.UserId != known.UserId)
            problem ??= new($"a directory of user {found.UserId}", $"one of user {known.UserId}, like the log directory before");
        return problem is null ? found : throw problem.ToException(fullPath);
    }

    private static SafeFileHandle OpenPath(string path, out int errno)
    {
        int descriptor = Libc.Open(path, Flags, 0);
        errno = Marshal.GetLastPInvokeError();
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
