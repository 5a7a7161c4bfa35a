using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Erasing;

/// <summary>Finds the records to erase. Reads every file that may contain one from its start to its end: none may be missed.</summary>
/// <param name="log">The log.</param>
/// <param name="holds">The legal holds.</param>
/// <param name="progress">Counts the bytes.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class ErasureSearch(LogSet log, LegalHolds holds, ReadCounter? progress, CancellationToken cancellation)
{
    private readonly Instant _now = SystemClock.Instance.GetCurrentInstant();
    private readonly List<AuditErasableFile> _files = [];
    private readonly List<AuditHeldRecords> _held = [];
    private readonly ProblemList _problems = new();

    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    public AuditErasurePlan Find(AuditQuery query)
    {
        // A record that only may match is not erased, but reported.
        QueryMatcher matcher = log.MatcherOf(query with { OnlyCertain = true });
        var everything = new QueryMatcher(new AuditQuery { Functions = query.Functions, ReadsAll = true }, matcher.Definitions);
        progress?.Start(log.FindFiles().Sum(file => file.Length));
        foreach (LogSource source in log.Sources)
        {
            using LogFiles files = LogFiles.Open([source]);
            _problems.Add(files.Unread.Where(_ => matcher.MayBeIn(source.Functions)).Select(unread => unread.Problem));
            foreach (LogMember member in files.Members.Where(member => matcher.MayBeIn(member.File.Functions))) Find(member, matcher, everything);
        }
        return new AuditErasurePlan { Query = query, Files = _files, Held = _held, Problems = _problems.All };
    }

    private void Find(LogMember member, QueryMatcher matcher, QueryMatcher everything)
    {
        if (member.File.Length == 0) return;
        if (member.Syntax is null || member.Identity is not { } identity)
        {
            string problem = member.Syntax is null
                ? "not erased: its format is neither classic nor json, and nothing else can be blanked in place"
                : "not searched: it was renamed at that moment; search again";
            _problems.Add([LogFinder.Unread(member.File.Path, problem)]);
            return;
        }
        var found = new List<AuditRecordPlace>();
        var held = new List<(HoldSettings Hold, long Number)>();
        long count = 0;
        var scan = new LogScan(everything, ChunkSize.Usual, progress, cancellation);
        IEnumerable<Func<ErasableRecords>> work = scan.Divide([member], part => new ErasableRecords(part, new RecordMatcher(matcher, part.File), holds, _now));
        foreach (ErasableRecords part in new OrderedWork<ErasableRecords>(work).Run())
        {
            found.AddRange(part.Found.Select(place => place with { Number = place.Number + count }));
            held.AddRange(part.Held.Select(record => (record.Hold, record.Number + count)));
            _problems.Add(part.Problems);
            count += part.Count;
        }
        if (member.Failure is { } failure)
        {
            // What cannot be read to its end cannot be written again.
            _problems.Add([failure]);
            return;
        }
        if (found.Count > 0) _files.Add(new AuditErasableFile { File = member.File, Records = found, Mark = (identity.Device, identity.Inode, identity.Created) });
        _held.AddRange(held.GroupBy(record => record.Hold).Select(hold => new AuditHeldRecords
        {
            Hold = hold.Key.Name,
            Description = LegalHolds.Describe(hold.Key),
            File = member.File.Path,
            Records = [.. hold.Select(record => record.Number)],
        }));
    }
}
