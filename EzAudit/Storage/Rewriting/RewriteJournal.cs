using System.Globalization;
using System.Text;
using EzAudit.Records;

namespace EzAudit.Storage.Rewriting;

/// <summary>Keeps the job in progress in a file that exists completely or not at all. Used by one process at a time.</summary>
internal sealed class RewriteJournal(ILogDirectory directory)
{
    private const string Header = "ezaudit-erasure v1";
    private const string Draft = LockFiles.ErasureJournalName + ".tmp";

    private string Path => System.IO.Path.Combine(directory.Path, LockFiles.ErasureJournalName);

    /// <summary>Whether a process was stopped in the middle of a job.</summary>
    public bool HasJob => directory.Identify(LockFiles.ErasureJournalName) is not null;

    /// <summary>Stores a job; it is on disk on return.</summary>
    /// <exception cref="StorageException">It could not be stored.</exception>
    public void Write(RewriteJob job)
    {
        var text = new StringBuilder();
        text.Append(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"order {job.Order}\nlog {Encode(job.LogFile)}\nname {Encode(job.Name)}\n");
        foreach (FileMark file in job.Files) text.Append(CultureInfo.InvariantCulture, $"file {file.Device} {file.Inode} {file.Created}\n");
        foreach (FilePatch patch in job.Patches) text.Append(CultureInfo.InvariantCulture, $"bytes {patch.Offset} {Convert.ToBase64String(patch.Bytes.Span)}\n");
        byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
        if (directory.Identify(Draft) is not null) directory.Delete(Draft);
        using (IAppendFile file = directory.OpenAppend(Draft))
        {
            if (file.Append(bytes) < bytes.Length) throw new StorageException(AuditWriteStage.Write, Path, "the disk is full.");
            file.Sync();
        }
        directory.Replace(Draft, LockFiles.ErasureJournalName);
        directory.Sync(LockFiles.ErasureJournalName);
    }

    /// <summary>The stored job; <see langword="null"/> if there is none.</summary>
    /// <exception cref="StorageException">The file is not one that <see cref="Write"/> has written.</exception>
    public RewriteJob? Read()
    {
        if (!HasJob) return null;
        try
        {
            return Parse(File.ReadAllLines(Path));
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw new StorageException(AuditWriteStage.Open, Path, "found text that EzAudit did not write; an erasure was interrupted, and cannot be finished.");
        }
    }

    /// <summary>Forgets the job.</summary>
    public void Delete()
    {
        directory.Delete(LockFiles.ErasureJournalName);
        directory.Sync(LockFiles.ErasureJournalName);
    }

    private static RewriteJob Parse(string[] lines)
    {
        if (lines[0] != Header) throw new FormatException();
        string[][] fields = [.. lines.Skip(1).Select(line => line.Split(' '))];
        return new RewriteJob(
            Decode(fields.Single(field => field[0] == "log")[1]),
            Decode(fields.Single(field => field[0] == "name")[1]),
            [.. fields.Where(field => field[0] == "file").Select(field => new FileMark(ulong.Parse(field[1], CultureInfo.InvariantCulture), ulong.Parse(field[2], CultureInfo.InvariantCulture), Number(field[3])))],
            Number(fields.Single(field => field[0] == "order")[1]),
            [.. fields.Where(field => field[0] == "bytes").Select(field => new FilePatch(Number(field[1]), Convert.FromBase64String(field[2])))]);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
