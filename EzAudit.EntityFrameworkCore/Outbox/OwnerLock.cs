namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A file that stays locked while the owner of rows lives.</summary>
internal sealed class OwnerLock : IDisposable
{
    private const string Folder = ".outbox";
    private const string Extension = ".lock";

    private static readonly TimeSpan SweepAge = TimeSpan.FromHours(1);

    private readonly FileStream _file;

    private OwnerLock(string owner, FileStream file)
    {
        Owner = owner;
        _file = file;
    }

    public string Owner { get; }

    /// <summary>Creates the lock of a new owner. No one else can want it, because no row has the owner's name yet.</summary>
    public static OwnerLock Create(string logDirectory)
    {
        MakeFolder(logDirectory);
        string owner = Guid.CreateVersion7().ToString("N");
        return new OwnerLock(owner, Open(PathOf(logDirectory, owner)));
    }

    /// <summary>Takes the lock of a dead owner; <see langword="null"/> if the owner lives or another process has taken over its rows.</summary>
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
            // Locked means that someone holds it.
            return null;
        }
    }

    /// <summary>Deletes the files of dead owners that are over an hour older than its own; a newer one may belong to an owner that is about to lock it.</summary>
    public void Sweep()
    {
        DateTime before = File.GetLastWriteTimeUtc(_file.Name) - SweepAge;
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(_file.Name)!, "*" + Extension))
        {
            if (File.GetLastWriteTimeUtc(path) < before) TryTakeOver(path)?.Dispose();
        }
    }

    /// <summary>Releases the lock and deletes its file. A dead owner never returns; if it still has rows, the next process to look recreates the file.</summary>
    public void Dispose() => _file.Dispose();

    // Nothing in a log directory may be accessible to everyone.
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
