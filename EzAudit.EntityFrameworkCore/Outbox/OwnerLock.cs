namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A file that is locked as long as the owner of rows lives.</summary>
internal sealed class OwnerLock : IDisposable
{
    private const string Folder = ".outbox";

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
        Directory.CreateDirectory(Path.Combine(logDirectory, Folder));
        string owner = Guid.CreateVersion7().ToString("N");
        return new OwnerLock(owner, Open(PathOf(logDirectory, owner)));
    }

    /// <summary>The lock of an owner that is dead; <see langword="null"/> while it lives, or while somebody else sees to its rows.</summary>
    public static OwnerLock? TryTakeOver(string logDirectory, string owner)
    {
        Directory.CreateDirectory(Path.Combine(logDirectory, Folder));
        try
        {
            return new OwnerLock(owner, Open(PathOf(logDirectory, owner)));
        }
        catch (IOException)
        {
            // Locked: that is the answer.
            return null;
        }
    }

    /// <summary>Ends it, and takes its file away: the owner has no rows any more, and never comes back.</summary>
    public void Dispose()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    private static string PathOf(string logDirectory, string owner) => Path.Combine(logDirectory, Folder, owner + ".lock");

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
