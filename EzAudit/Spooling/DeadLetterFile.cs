using System.Text;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Spooling;

/// <summary>
/// The file <c>DEADLETTER</c> in the spool directory of a target: the records that the receiver refuses for good, each as a line of JSON that people can
/// read and that contains the record as it was spooled. Several processes may add to it. Thread-safe.
/// </summary>
internal sealed class DeadLetterFile(string spoolDirectory)
{
    public const string Name = "DEADLETTER";

    /// <summary>The suffix of a file whose records are being put back into the spool.</summary>
    public const string Taken = ".recovering";

    private const string Unreadable = ".unreadable.";
    private const string LockName = Name + ".lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private (long Length, long Count) _counted;

    public string FilePath { get; } = Path.Combine(spoolDirectory, Name);

    /// <summary>The number of records in it, and in one that is being recovered.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                string[] paths = [FilePath, FilePath + Taken];
                long length = paths.Sum(path => new FileInfo(path) is { Exists: true } file ? file.Length : 0);
                if (length != _counted.Length) _counted = (length, paths.Where(File.Exists).Sum(path => (long)ReadAll(path).Count));
                return _counted.Count;
            }
        }
    }

    /// <summary>Adds a record; it is on disk when the call returns.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public void Add(DeadLetter letter)
    {
        using ILogDirectory directory = Open();
        Locked(directory, () =>
        {
            using IAppendFile file = directory.OpenAppend(Name);
            // Starts with a line break: a line that a killed process left incomplete stays separate.
            byte[] line = Encoding.UTF8.GetBytes($"\n{letter.ToJson()}\n");
            int written = file.Append(line);
            if (written < line.Length) throw new IOException($"{FilePath}: only {written} of {line.Length} bytes were written. Free disk space.");
            file.Sync();
            directory.Sync(Name);
        });
    }

    /// <summary>The numbers of the records of a run that are in the file.</summary>
    public IEnumerable<long> NumbersOf(SpoolHeader run) =>
        ReadAll(FilePath).Where(letter => letter.Id.Origin == run.Origin && letter.Id.Run == run.Run).Select(letter => letter.Id.Number);

    /// <summary>Puts the records back into the spool, each with the id it had, and removes the file. A process that is killed meanwhile loses none.</summary>
    /// <returns>How many records were put back.</returns>
    public int Requeue()
    {
        using ILogDirectory directory = Open();
        int count = 0;
        // Renamed first: whoever reads the file from now on sees none of these records, so that they are sent again.
        Locked(directory, () =>
        {
            if (directory.Identify(Name + Taken) is not null) count += RequeueTaken(directory);
            if (directory.Identify(Name) is null) return;
            directory.Rename(Name, Name + Taken);
            directory.Sync(Name);
            count += RequeueTaken(directory);
        });
        return count;
    }

    private int RequeueTaken(ILogDirectory directory)
    {
        List<DeadLetter> letters = ReadAll(FilePath + Taken);
        foreach (IGrouping<(string Origin, string Run), DeadLetter> run in letters.GroupBy(letter => (letter.Id.Origin, letter.Id.Run)))
        {
            using SpoolFolder folder = SpoolFolder.Create(spoolDirectory, new SpoolHeader(run.Key.Origin, run.Key.Run));
            folder.Fill([.. run.DistinctBy(letter => letter.Id.Number).OrderBy(letter => letter.Id.Number).Select(letter => (letter.Id.Number, letter.Entry))]);
        }
        // Lines that are no record are kept: an editor may have damaged them.
        if (File.ReadLines(FilePath + Taken).Count(line => line.Length > 0) == letters.Count) directory.Delete(Name + Taken);
        else directory.Rename(Name + Taken, FirstFree(directory));
        directory.Sync(Name);
        return letters.Count;
    }

    private static string FirstFree(ILogDirectory directory)
    {
        int number = 1;
        while (directory.Identify($"{Name}{Unreadable}{number}") is not null) number++;
        return $"{Name}{Unreadable}{number}";
    }

    private static List<DeadLetter> ReadAll(string path)
    {
        var letters = new List<DeadLetter>();
        if (!File.Exists(path)) return letters;
        foreach (string line in File.ReadLines(path))
        {
            if (DeadLetter.TryParse(line) is { } letter) letters.Add(letter);
        }
        return letters;
    }

    private ILogDirectory Open() => CurrentPlatform.DirectoryAt(spoolDirectory, new AccessRule(OwnerOnly, OwnerOnly | UnixFileMode.UserExecute));

    private void Locked(ILogDirectory directory, Action action)
    {
        using IFileLock held = directory.OpenLock(LockName);
        if (!SpinWait.SpinUntil(held.TryLock, Patience)) throw new IOException($"{FilePath}: another process has kept it locked for {Patience.TotalSeconds:0} s. Try again.");
        try
        {
            action();
        }
        finally
        {
            held.Unlock();
        }
    }
}
