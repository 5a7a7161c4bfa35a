using System.Text;
using EzAudit.Extensibility;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Sealing.Anchors;

/// <summary>Appends checkpoints to a file, best on a disk that the users of this machine cannot change: one note after another.</summary>
internal sealed class FileAnchor(string path) : IAuditAnchor
{
    public const string Key = "Path";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly AccessRule Rule = new(OwnerOnly, OwnerOnly | UnixFileMode.UserExecute);

    private readonly string _directory = Path.GetDirectoryName(path)!;
    private readonly string _name = Path.GetFileName(path);

    public static FileAnchor Create(AuditComponentSettings settings)
    {
        string text = settings[Key] ?? "";
        string path = text.Length == 0 || text.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(settings.Root, text));
        if (Path.GetFileName(path).Length == 0 || Path.EndsInDirectorySeparator(text)) throw new AuditComponentSettingsException(Key, "a file, best on another disk");
        return new FileAnchor(path);
    }

    public void Publish(AuditCheckpoint checkpoint)
    {
        // Never created: where the disk is not mounted, the file would silently end up on this machine's own disk.
        if (!Directory.Exists(_directory)) throw new DirectoryNotFoundException($"{_directory}: the directory does not exist. Mount its disk, or create it.");
        // Opened for each checkpoint, because the disk may have been mounted again, or the file been moved.
        using ILogDirectory directory = CurrentPlatform.DirectoryAt(_directory, Rule);
        using IAppendFile file = directory.OpenAppend(_name);
        long length = file.Identify().Length;
        byte[] bytes = Encoding.UTF8.GetBytes(IsAtStartOfLine(file, length) ? checkpoint.Note : "\n" + checkpoint.Note);
        int written = file.Append(bytes);
        if (written < bytes.Length) throw new IOException($"{path}: only {written} of {bytes.Length} bytes were written. The disk may be full.");
        file.Sync();
        if (length == 0) directory.Sync(_name);
    }

    public void Dispose()
    {
    }

    // A note that was written only in part must not become part of the next one.
    private static bool IsAtStartOfLine(IAppendFile file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length == 0 || file.Read(last, length - 1) == 0 || last[0] == '\n';
    }
}
