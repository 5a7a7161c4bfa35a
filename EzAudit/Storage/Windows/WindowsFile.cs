using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Windows;

/// <summary>A log file opened only for appending: with FILE_APPEND_DATA but without FILE_WRITE_DATA, Windows ignores the position and writes at the end.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFile(SafeFileHandle handle, string path) : IAppendFile
{
    public FileIdentity Identify()
    {
        bool ok = Kernel32.GetInformation(handle, out FileInformation information);
        int error = Marshal.GetLastPInvokeError();
        return ok ? information.Identity : throw WindowsFailure.Of(AuditWriteStage.Open, path, error);
    }

    public unsafe int Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            bool ok = Kernel32.Write(handle, start, (uint)bytes.Length, out uint written, 0);
            int error = Marshal.GetLastPInvokeError();
            return ok ? (int)written : throw WindowsFailure.Of(AuditWriteStage.Write, path, error);
        }
    }

    public void Sync()
    {
        bool ok = Kernel32.Flush(handle);
        int error = Marshal.GetLastPInvokeError();
        if (!ok) throw WindowsFailure.Of(AuditWriteStage.Sync, path, error, mayBeStored: true);
    }

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}
