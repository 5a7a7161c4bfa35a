using System.ComponentModel;
using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Storage.Windows;

/// <summary>Turns a Windows error into an exception that says file, step and cause.</summary>
internal static class WindowsFailure
{
    public static StorageException Of(AuditWriteStage stage, string path, int error, bool mayBeStored = false) =>
        new(
            stage, path, error, "WIN32_" + error.ToString(CultureInfo.InvariantCulture),
            $"{path}: {stage} failed: {new Win32Exception(error).Message} (error {error}).", mayBeStored);

    public static StorageException Of(AuditWriteStage stage, string path, Exception cause) =>
        new(stage, path, cause.HResult & 0xffff, "WIN32_" + (cause.HResult & 0xffff).ToString(CultureInfo.InvariantCulture), $"{path}: {stage} failed: {cause.Message}");
}
