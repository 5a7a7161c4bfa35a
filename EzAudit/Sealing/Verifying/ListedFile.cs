using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Verifying;

/// <summary>A file of a log directory that is verified while writers rename and remove files.</summary>
/// <param name="directory">The log directory.</param>
/// <param name="name">Its name, relative to the log directory.</param>
/// <param name="identity">What it was when it was listed.</param>
internal sealed class ListedFile(ILogDirectory directory, string name, FileIdentity identity) : IDisposable
{
    private PlainContent? _held;

    /// <summary>The newest name that is known.</summary>
    public string Name { get; set; } = name;

    public FileIdentity Identity => identity;

    /// <summary>Whether it appeared only after the directory was listed first: the ledger may not know its newest bytes.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether it was removed or compressed since.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it is a certain file; an inode alone is used again as soon as a file is removed.</summary>
    public bool Is(FileIdentity other) => identity.IsSameFile(other) && identity.Created == other.Created;

    /// <summary>Opens it, so that it stays readable whatever its name becomes.</summary>
    /// <returns>False if it has another name by now, or none.</returns>
    public bool TryHold()
    {
        if (_held is not null) return true;
        try
        {
            PlainContent opened = Open();
            // The name may have become that of another file in between.
            if (directory.Identify(Name) is { } found && Is(found)) _held = opened;
            else opened.Dispose();
            return _held is not null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It need not be a log file. If it is one, reading it throws this again.
            return true;
        }
    }

    /// <summary>Opens its content; the caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It was renamed or removed.</exception>
    public PlainContent Open() => _held?.Share() ?? PlainContent.Open(Path.Combine(directory.Path, Name));

    public void Dispose() => _held?.Dispose();
}
