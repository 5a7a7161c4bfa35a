using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Storage.Content;

namespace EzAudit.Recovery;

/// <summary>Determines after a crash how many records of the last batch are in the log file.</summary>
internal static class BatchSearch
{
    /// <summary>
    /// Searches from where the log file ended when the batch was started, through the files that it was rotated to. A batch was one
    /// write, so its records are contiguous; those at its end may be missing. If that file is gone (deleted, or compressed
    /// meanwhile), the answer is none: a duplicate record is better than a lost one.
    /// </summary>
    public static int CountWritten(LogSource source, ImportBatch batch, IReadOnlyList<byte[]> records)
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
}
