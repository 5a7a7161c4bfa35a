using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Content;

namespace EzAudit.Recovery;

/// <summary>
/// Moves the records of one taken file to the log file, byte for byte and each once: they are flushed there before the taken file is removed.
/// </summary>
internal sealed class FallbackImport(
    ILogDirectory fallback, ILogDirectory logDirectory, LogFile log, LogSource source, ReadCounter? progress, CancellationToken cancellation)
{
    private const int MaxBatchBytes = 256 << 10;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly string _logName = Path.GetRelativePath(logDirectory.Path, source.Path);

    /// <summary>How many records were added to the log file.</summary>
    public long Records { get; private set; }

    public List<AuditLogProblem> Problems { get; } = [];

    public List<string> Kept { get; } = [];

    /// <param name="taken">The name of the taken file, which is gone on return: deleted, or renamed if it contains a problem.</param>
    public void Import(string taken)
    {
        bool isWhole;
        using (var cursor = new ImportCursor(fallback, taken))
        using (LogMember? member = LogFinder.TryOpenFile(source, Path.Combine(fallback.Path, taken)))
        {
            isWhole = member is not null && Import(member, cursor);
        }
        // Every readable record is flushed to the log file by now.
        if (isWhole) fallback.Delete(taken);
        else KeepUnreadable(taken);
        fallback.Sync(taken);
        fallback.Delete(ImportCursor.NameOf(taken));
    }

    // Returns whether the whole file could be read.
    private bool Import(LogMember member, ImportCursor cursor)
    {
        var pieces = new PieceReader(new LogFileReader(member.File.Path, member.Content, member.Window), member.Format);
        Import(pieces, cursor, member.File.IsCompressed ? null : progress);
        // In a compressed file, the bytes read do not show the progress in the file.
        if (member.File.IsCompressed) progress?.Add(member.File.Length);
        Problems.AddRange(pieces.Problems);
        if (member.Failure is { } failure) Problems.Add(failure);
        return pieces.Problems.Count == 0 && member.Failure is null;
    }

    private void Import(PieceReader pieces, ImportCursor cursor, ReadCounter? readBytes)
    {
        ImportBatch? begun = cursor.Last;
        long done = begun?.Start ?? 0;
        var batch = new List<byte[]>();
        long start = done;
        long end = done;
        // From the start even if the first part is done, so that all problems of the file are known at its end.
        pieces.Start();
        while (pieces.TryNext(out AuditReadResult piece))
        {
            cancellation.ThrowIfCancellationRequested();
            readBytes?.Add(piece.Consumed);
            bool isWhole = piece is { Record: not null, Problem: null };
            bool isNext = isWhole && pieces.Offset >= done;
            bool closes = batch.Count > 0 && (!isNext || pieces.Offset != end || (begun is null ? end - start + piece.Consumed > MaxBatchBytes : end == begun.End));
            if (closes) Append(batch, start, end, ref begun, cursor);
            if (!isNext) continue;
            if (batch.Count == 0) start = pieces.Offset;
            batch.Add(pieces.Bytes.ToArray());
            end = pieces.Offset + piece.Consumed;
        }
        if (batch.Count > 0) Append(batch, start, end, ref begun, cursor);
    }

    private void Append(List<byte[]> batch, long start, long end, ref ImportBatch? begun, ImportCursor cursor)
    {
        // A crash interrupted this batch: records that were already written are not written again.
        int written = begun is not null && begun.Start == start && begun.End == end ? CountWritten(begun, batch) : 0;
        long from = start + batch.Take(written).Sum(record => (long)record.Length);
        begun = null;
        if (written < batch.Count)
        {
            byte[] bytes = [.. batch.Skip(written).SelectMany(record => record)];
            FileIdentity identity = IdentityOfLog();
            cursor.Begin(new ImportBatch(from, end, identity.Device, identity.Inode, identity.Length));
            log.Append(bytes, AuditDurability.Disk, Timeout);
            Records += batch.Count - written;
        }
        batch.Clear();
    }

    // Searches from where the log file ended when the batch was started, through the files that it was rotated to. A batch was one write,
    // so its records are contiguous; those at its end may be missing. If that file is gone (deleted, or compressed meanwhile), the answer
    // is none: a duplicate record is better than a lost one.
    private int CountWritten(ImportBatch batch, IReadOnlyList<byte[]> records)
    {
        IReadOnlyList<LogMember> members = LogFinder.Open(source);
        try
        {
            int first = members.ToList().FindIndex(member => IsLogOf(member, batch));
            if (first < 0) return 0;
            int count = CountIn(members[first], batch.LogLength, records);
            for (int i = first + 1; count == 0 && i < members.Count; i++) count = CountIn(members[i], 0, records);
            return count;
        }
        finally
        {
            foreach (LogMember member in members) member.Dispose();
        }
    }

    private static bool IsLogOf(LogMember member, ImportBatch batch) =>
        member.Identity is { } identity && identity.Device == batch.Device && identity.Inode == batch.Inode;

    private static int CountIn(LogMember member, long offset, IReadOnlyList<byte[]> records)
    {
        var pieces = new PieceReader(new LogFileReader(member.File.Path, member.Content, member.Window), member.Format);
        int count = 0;
        pieces.Start(offset);
        while (count < records.Count && pieces.TryNext(out AuditReadResult piece))
        {
            if (piece.Record is not null && pieces.Bytes.SequenceEqual(records[count])) count++;
            else if (count > 0 && piece.Record is not null) break;
        }
        return count;
    }

    // Creates the log file if necessary, so that the batch has a known start to search from.
    private FileIdentity IdentityOfLog()
    {
        using IAppendFile file = logDirectory.OpenAppend(_logName);
        return file.Identify();
    }

    private void KeepUnreadable(string taken)
    {
        string original = taken[..^FallbackFiles.Taken.Length];
        int number = 1;
        while (fallback.Identify(NameOf(number)) is not null) number++;
        fallback.Rename(taken, NameOf(number));
        Kept.Add(Path.Combine(fallback.Path, NameOf(number)));

        string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{original}.unreadable.{i}");
    }
}
