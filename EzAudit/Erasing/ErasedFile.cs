using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Content;
using EzAudit.Storage.Rewriting;
using NodaTime;

namespace EzAudit.Erasing;

/// <summary>A file whose records are erased: makes the bytes that take their place.</summary>
/// <param name="source">The log file to which it belongs.</param>
/// <param name="plan">The records.</param>
/// <param name="holds">The legal holds in force now: one may have been set since the records were found.</param>
internal sealed class ErasedFile(LogSource source, AuditErasableFile plan, LegalHolds holds)
{
    private readonly Instant _now = SystemClock.Instance.GetCurrentInstant();

    /// <summary>Recognizes the file.</summary>
    public FileMark Mark { get; } = new(plan.Mark.Device, plan.Mark.Inode, plan.Mark.Created);

    public IReadOnlyList<AuditRecordPlace> Records => plan.Records;

    public bool IsCompressed => plan.File.IsCompressed;

    public string Path => plan.File.Path;

    /// <summary>Its length in bytes on disk.</summary>
    public long Length => plan.File.Length;

    /// <summary>The new bytes of some of its records; of those that were erased meanwhile, none.</summary>
    /// <param name="path">The present path of the file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="records">The records, in the order of the file.</param>
    /// <exception cref="ChangedFileException">There is no such record, or a hold keeps it.</exception>
    public List<FilePatch> Blank(string path, ILogContent content, IEnumerable<AuditRecordPlace> records)
    {
        // Only for what is known about the file: its content is read here.
        using LogMember member = LogFinder.TryOpenFile(source, path) ?? throw new ChangedFileException("it was removed or renamed meanwhile.") { AreRecordsElsewhere = true };
        if (member.Syntax is not { } syntax) throw new ChangedFileException($"its format is not the one it had.");
        var patches = new List<FilePatch>();
        foreach (AuditRecordPlace record in records)
        {
            byte[] bytes = new byte[record.Length];
            int count = 0;
            while (count < bytes.Length && content.Read(bytes.AsSpan(count), record.Offset + count) is > 0 and int read) count += read;
            if (count < bytes.Length || syntax.Erase(bytes) is not { } erased)
                throw new ChangedFileException($"record {record.Number} is not where it was found. Search again.") { AreRecordsElsewhere = true };
            if (bytes.AsSpan().SequenceEqual(erased)) continue;
            if (!ErasableRecords.IsErasable(member, bytes, holds, _now, out HoldSettings? hold) || hold is not null)
                throw new ChangedFileException($"record {record.Number} is kept{(hold is null ? "" : $" by {LegalHolds.Describe(hold)}")}. Search again.");
            patches.Add(new FilePatch(record.Offset, erased));
        }
        return patches;
    }
}

/// <summary>A file is not as it was when its records were found.</summary>
internal sealed class ChangedFileException(string message) : Exception(message)
{
    /// <summary>Whether another search may find the records elsewhere.</summary>
    public bool AreRecordsElsewhere { get; init; }
}
