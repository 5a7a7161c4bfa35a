namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A file that is locked as long as the owner of rows lives.</summary>
internal sealed class OwnerLock : IDisposable
{
    private const string Folder = ".outbox";
    private const string Extension = ".lock";

    private static readonly TimeSpan LongBefore = TimeSpan.FromHours(1);

    private readonly FileStream _file;

    private OwnerLock(string owner, FileStream file)
    {
        Owner = owner;
        _file = file;
    }

    public string Owner { get; }

    /// <summary>A lock of a new owner. Nobody knows its name before the first row has it, so nobody is in its way.</summary>
    public static OwnerLock Create(string logDirectory)
    {
        MakeFolder(logDirectory);
        string owner = Guid.CreateVersion7().ToString("N");
        return new OwnerLock(owner, Open(PathOf(logDirectory, owner)));
    }

    /// <summary>The lock of an owner that is dead; <see langword="null"/> while it lives, or while somebody else sees to its rows.</summary>
    public static OwnerLock? TryTakeOver(string logDirectory, string owner)
    {
        MakeFolder(logDirectory);
        return TryTakeOver(PathOf(logDirectory, owner));
    }

    private static OwnerLock? TryTakeOver(string path)
    {
        try
        {
            return new OwnerLock(Path.GetFileNameWithoutExtension(path), Open(path));
        }
        catch (IOException)
        {
            // Locked: that is the answer.
            return null;
        }
    }

    /// <summary>Takes away the files that dead owners left, if they began long before this one: not of one that is just about to lock its own.</summary>
    public void Sweep()
    {
        DateTime before = File.GetLastWriteTimeUtc(_file.Name) - LongBefore;
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(_file.Name)!, "*" + Extension))
        {
            if (File.GetLastWriteTimeUtc(path) < before) TryTakeOver(path)?.Dispose();
        }
    }

    /// <summary>Ends it, and takes its file away. An owner that is dead does not come back; where it has rows yet, the next to look makes the file anew.</summary>
    public void Dispose() => _file.Dispose();

    // In a log directory nothing is for everybody.
    private static void MakeFolder(string logDirectory)
    {
        string path = Path.Combine(logDirectory, Folder);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string PathOf(string logDirectory, string owner) => Path.Combine(logDirectory, Folder, owner + Extension);

    private static FileStream Open(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
}
