using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>Opens by a name that stays beneath a directory and passes no symbolic link, whatever the kernel offers for that.</summary>
internal sealed class LinuxOpening
{
    private bool _openAt2Missing;

    /// <summary>Opens a file or directory beneath a directory; the handle is invalid when it could not be, and <paramref name="errno"/> says why.</summary>
    public SafeFileHandle Open(SafeFileHandle directory, string name, int flags, uint mode, out int errno)
    {
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
            // Kernels before 5.6 do not know it; some sandboxes forbid what they do not know.
            if (descriptor >= 0 || errno is not (Errno.ENOSYS or Errno.EPERM)) return new SafeFileHandle(descriptor, ownsHandle: true);
        }
        return OpenStepwise(directory, name, flags, mode, out errno);
    }

    // One directory after the other, none of them a symbolic link: what openat2 does in one call.
    private SafeFileHandle OpenStepwise(SafeFileHandle directory, string name, int flags, uint mode, out int errno)
    {
        string[] parts = name.Split('/');
        SafeFileHandle? parent = null;
        for (int i = 0; i < parts.Length - 1; i++)
        {
            int step = Libc.OpenAt(parent ?? directory, parts[i], OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0);
            errno = Marshal.GetLastPInvokeError();
            parent?.Dispose();
            parent = new SafeFileHandle(step, ownsHandle: true);
            if (parent.IsInvalid) return parent;
        }
        int descriptor = Libc.OpenAt(parent ?? directory, parts[^1], flags | OpenFlags.NoFollow, (int)mode);
        errno = Marshal.GetLastPInvokeError();
        parent?.Dispose();
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!handle.IsInvalid) _openAt2Missing = true;
        return handle;
    }
}
