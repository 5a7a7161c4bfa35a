using EzAudit.Records;

namespace EzAudit.Storage.MacOS;

/// <summary>Turns an error number of macOS, whose numbers are not Linux's, into an exception.</summary>
internal static class MacFailure
{
    public static StorageException Of(AuditWriteStage stage, string path, int errno, bool mayBeStored = false) =>
        new(stage, path, errno, $"errno {errno}", $"{path}: {stage} failed: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).", mayBeStored);
}
