using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Windows;

/// <summary>A log directory on Windows; new files inherit its permissions. It compiles, but we have never run it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsDirectory(string path) : ILogDirectory
{
    public string Path { get; } = path;

    public IAppendFile OpenAppend(string name)
    {
        SafeFileHandle handle = Open(name);
        try
        {
            RefuseLinks(handle, name);
            return new WindowsFile(handle, FullPath(name));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public IFileLock OpenLock(string name) => new WindowsLock(Open(name), FullPath(name));

    public FileIdentity? Identify(string name)
    {
        if (!File.Exists(FullPath(name))) return null;
        using SafeFileHandle handle = Kernel32.CreateFile(FullPath(name), Kernel32.ReadAttributes, Kernel32.ShareAll, 0, 3, Kernel32.OpenReparsePoint, 0);
        int error = Marshal.GetLastPInvokeError();
        if (handle.IsInvalid) return error is Kernel32.ErrorFileNotFound or Kernel32.ErrorPathNotFound ? null : throw WindowsFailure.Of(AuditWriteStage.Open, FullPath(name), error);
        return new WindowsFile(handle, FullPath(name)).Identify();
    }

    public void Rename(string name, string newName) => Try(AuditWriteStage.Rotate, name, () => File.Move(FullPath(name), FullPath(newName), overwrite: false));

    public void Delete(string name) => Try(AuditWriteStage.Rotate, name, () => File.Delete(FullPath(name)));

    public IReadOnlyList<string> ListSiblings(string name) =>
        [.. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(FullPath(name))!).Select(file => System.IO.Path.GetFileName(file))];

    // NTFS journals its directories; there is nothing to flush.
    public void Sync(string name)
    {
    }

    public void Reopen()
    {
    }

    public void Dispose()
    {
    }

    private SafeFileHandle Open(string name)
    {
        string full = FullPath(name);
        Try(AuditWriteStage.Open, name, () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!));
        SafeFileHandle handle = Kernel32.CreateFile(
            full, Kernel32.AppendData | Kernel32.ReadData | Kernel32.ReadAttributes | Kernel32.Synchronize, Kernel32.ShareAll, 0, Kernel32.OpenAlways, Kernel32.OpenReparsePoint, 0);
        int error = Marshal.GetLastPInvokeError();
        if (handle.IsInvalid) throw WindowsFailure.Of(AuditWriteStage.Open, full, error);
        return handle;
    }

    private void RefuseLinks(SafeFileHandle handle, string name)
    {
        WindowsFailure.ThrowIfFailed(Kernel32.GetInformation(handle, out FileInformation information), AuditWriteStage.Open, FullPath(name));
        if ((information.Attributes & (FileInformation.DirectoryAttribute | FileInformation.ReparsePointAttribute)) != 0)
            throw new AccessProblem("a directory or a link", "a log file").ToException(FullPath(name));
        if (information.Links > 1)
            throw new AccessProblem($"a file with {information.Links} names (hard links)", "one").ToException(FullPath(name));
    }

    // File.Move and similar methods throw several kinds of exceptions; all of them are environment failures.
    private void Try(AuditWriteStage stage, string name, Action action)
    {
        try
        {
            action();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw WindowsFailure.Of(stage, FullPath(name), cause);
        }
    }

    private string FullPath(string name) => System.IO.Path.Combine(Path, name.Replace('/', '\\'));
}

/// <summary>Turns a Windows error into an exception that states file, step and cause.</summary>
internal static class WindowsFailure
{
    /// <summary>Throws if a call has failed. The call must be the first argument, so that no other call replaces its error.</summary>
    public static void ThrowIfFailed(bool ok, AuditWriteStage stage, string path, bool mayBeStored = false)
    {
        int error = Marshal.GetLastPInvokeError();
        if (!ok) throw Of(stage, path, error, mayBeStored);
    }

    public static StorageException Of(AuditWriteStage stage, string path, int error, bool mayBeStored = false) =>
        new(
            stage, path, error, "WIN32_" + error.ToString(CultureInfo.InvariantCulture),
            $"{path}: {stage} failed: {new Win32Exception(error).Message} (error {error}).", mayBeStored);

    public static StorageException Of(AuditWriteStage stage, string path, Exception cause) =>
        new(stage, path, cause.HResult & 0xffff, "WIN32_" + (cause.HResult & 0xffff).ToString(CultureInfo.InvariantCulture), $"{path}: {stage} failed: {cause.Message}");
}
