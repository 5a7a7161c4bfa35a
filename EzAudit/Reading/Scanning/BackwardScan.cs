using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Scanning;

/// <summary>Reads the records of a file in a format other than classic from the last to the first, part by part, so that memory is bounded.</summary>
internal sealed class BackwardScan(LogMember member, QueryMatcher test)
{
    private const long PartBytes = 4 << 20;
    private const long MostKeptBytes = 64 << 20;

    private readonly List<AuditLogProblem> _problems = [];

    /// <summary>The problems found so far, in the order of the file.</summary>
    public IReadOnlyList<AuditLogProblem> Problems => _problems;

    /// <summary>The records that may or may not match.</summary>
    public ProblemList Doubts { get; } = new(member.File.Path);

    /// <summary>The matching records, from the end of the file.</summary>
    public IEnumerable<AuditFoundRecord> Read()
    {
        for (long end = long.MaxValue, start; end > 0; end = start)
        {
            start = LastRecord.Before(Math.Max(0, Math.Min(end, member.File.Length) - PartBytes), member);
            var scan = new FormatScan(member, test);
            var kept = new Queue<AuditFoundRecord>();
            long bytes = 0;
            foreach (AuditFoundRecord record in scan.Read(start, end))
            {
                kept.Enqueue(record);
                bytes += record.Length;
                // A file that can only be read from its start is read repeatedly, each time for the last records that fit in memory.
                for (; bytes > MostKeptBytes && kept.Count > 1 && member.CanReadAgain; start = kept.Peek().Offset) bytes -= kept.Dequeue().Length;
            }
            Doubts.Add(scan.Doubts);
            _problems.InsertRange(0, scan.Problems.Where(problem => problem.Offset >= start && problem.Offset < end));
            foreach (AuditFoundRecord record in kept.Reverse()) yield return record;
        }
    }
}

/// <summary>Finds where to start reading near the end of a file.</summary>
internal static class LastRecord
{
    private const int FirstSize = 64 << 10;

    /// <summary>The start of the last record before an offset in a plain file of the formats classic or json; else the start of the file.</summary>
    public static long Before(long offset, LogMember member)
    {
        if (member.Plain is not { } plain || member.Format is not (ClassicFormat or JsonFormat)) return 0;
        for (long size = FirstSize; ; size = Math.Min(size * 2, member.Window))
        {
            byte[] bytes = new byte[Math.Min(size, offset)];
            int count = plain.Read(bytes, offset - bytes.Length);
            int at = member.Format is JsonFormat
                ? JsonReading.FindLastLine(bytes.AsSpan(0, count))
                : ClassicReading.FindLastHeader(bytes.AsSpan(0, count), bytes.Length == offset ? 0 : 2, count);
            if (at >= 0) return offset - bytes.Length + at;
            if (bytes.Length == offset || size == member.Window) return 0;
        }
    }
}
