using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Linux;

/// <summary>Opens a name beneath a directory without following symbolic links, by the best means that the kernel offers.</summary>
internal sealed class LinuxOpening
{
    private bool _openAt2Missing;

    /// <summary>Opens a file or directory beneath a directory. On failure the handle is invalid, and <paramref name="errno"/> is the cause.</summary>
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
            // Kernels before 5.6 lack openat2, and some sandboxes forbid unknown calls.
            if (descriptor >= 0 || errno is not (Errno.ENOSYS or Errno.EPERM)) return new SafeFileHandle(descriptor, ownsHandle: true);
        }
        return OpenStepwise(directory, name, flags, mode, out errno);
    }

    // Does step by step what openat2 does in one call: opens each directory in turn, none of them a symbolic link.
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

/// <summary>The arguments of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    public const nint SystemCall = 437;
    public const nint Size = 24;
    public const ulong ResolveNoMagicLinks = 0x02;
    public const ulong ResolveNoSymlinks = 0x04;
    public const ulong ResolveBeneath = 0x08;

    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}

/// <summary>The flags of open(2). Two of them differ on ARM, where our numbers would mean something else.</summary>
internal static class OpenFlags
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NoControllingTerminal = 0x100;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;

    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;
}
