using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Tests.Support;

/// <summary>The Linux calls that tests use to break things.</summary>
internal static partial class Native
{
    public const int SigKill = 9;
    public const int SigTerminate = 15;
    public const int SigStop = 19;
    public const int SigContinue = 18;

    private const int ReadOnly = 0;
    private const nuint Ext4Shutdown = 0x8004587d;
    private const uint NoLogFlush = 2;

    public static void Signal(int process, int signal)
    {
        if (Kill(process, signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>A power cut, as far as a mounted ext4 can tell: what is not on disk yet never will be, and every later call fails.</summary>
    public static void CutPower(string mountPoint)
    {
        int descriptor = Open(mountPoint, ReadOnly, 0);
        if (descriptor < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        uint flags = NoLogFlush;
        if (Control(handle, Ext4Shutdown, ref flags) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, ref uint argument);
}
