using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.MacOS;

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
                if (errno != Interrupted) throw MacFailure.Of(AuditWriteStage.Write, path, errno);
            }
        }
    }

    public void Sync()
    {
        int result = LibSystem.Control(handle, LibSystem.FullSync);
        int errno = Marshal.GetLastPInvokeError();
        if (result == -1) throw MacFailure.Of(AuditWriteStage.Sync, path, errno, mayBeStored: true);
    }

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}
