using System.Collections.Concurrent;
using EzAudit.Formats.Classic;
using EzAudit.Reading.Files;
using EzAudit.Reading.Grouping;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Reading;

/// <summary>One read of a log: the files, opened as they were at its start, and a query.</summary>
internal sealed class LogReading : IDisposable
{
    private const long MostKeptBytes = 64 << 20;

    private readonly LogFiles _files;
    private readonly QueryMatcher _test;
    private readonly ReadCounter? _progress;
    private readonly CancellationToken _cancellation;
    private readonly LogScan _scan;

    public LogReading(LogFiles files, QueryMatcher test, ChunkSize size, ReadCounter? progress, CancellationToken cancellation)
    {
        _files = files;
        _test = test;
        _progress = progress;
        _cancellation = cancellation;
        _scan = new LogScan(test, size, progress, cancellation);
        progress?.Start(files.Members.Sum(member => member.File.Length));
    }

    public long SkippedBytes => _scan.SkippedBytes;

    public void Dispose() => _files.Dispose();

    /// <summary>The matching records, oldest first.</summary>
    public IEnumerable<AuditFoundRecord> Search(ProblemLists problems)
    {
        problems.Add(Unread);
        return TimeMerge.Merge([.. _files.Sets.Select(set => SearchSet(set, problems))]);
    }

    /// <summary>The matching records, newest first.</summary>
    public IEnumerable<AuditFoundRecord> SearchBackwards(ProblemLists problems)
    {
        problems.Add(Unread);
        return TimeMerge.Merge([.. _files.Sets.Select(set => SearchSetBackwards(set, problems))], isBackwards: true);
    }

    public async IAsyncEnumerable<AuditFoundRecord> SearchAsync(ProblemLists problems, bool isBackwards)
    {
        using IEnumerator<AuditFoundRecord> records = (isBackwards ? SearchBackwards(problems) : Search(problems)).GetEnumerator();
        while (await Task.Run(records.MoveNext).ConfigureAwait(false)) yield return records.Current;
    }

    public long Count()
    {
        long count = 0;
        foreach (IReadOnlyList<LogMember> set in _files.Sets)
        {
            count += IsClassic(set)
                ? OrderedWork.Run(_scan.Divide(_scan.Within(set), member => new MatchCount(MatcherOf(member)))).Sum(part => part.Count)
                : ReadSet(set, new ProblemLists()).LongCount();
        }
        return count;
    }

    public AuditSummary Summarize(IReadOnlyList<AuditGrouping> groupings, DateTimeZone zone)
    {
        var totals = new GroupTotals(groupings.Count);
        var problems = new ProblemLists();
        problems.Add(Unread);
        foreach (IReadOnlyList<LogMember> set in _files.Sets)
        {
            if (IsClassic(set)) SummarizeSet(set, groupings, totals, problems);
            else SummarizeOther(set, new Grouper(groupings, _test, zone, totals), problems);
        }
        return totals.ToSummary(problems.All);
    }

    public IReadOnlyList<AuditLogProblem> FindProblems()
    {
        var problems = new ProblemLists();
        problems.Add(_files.Unread.Where(unread => unread.Source.Format.CanRead).Select(unread => unread.Problem));
        foreach (IReadOnlyList<LogMember> set in _files.Sets)
        {
            if (IsClassic(set))
            {
                foreach (FoundProblems part in OrderedWork.Run(_scan.Divide(_scan.Within(set), member => new FoundProblems(member.File.Path)))) problems.Add(part.Problems);
                problems.AddFailures(set);
            }
            else
            {
                foreach (AuditFoundRecord _ in ReadSet(set, problems)) _cancellation.ThrowIfCancellationRequested();
            }
        }
        return problems.All;
    }

    private IEnumerable<AuditLogProblem> Unread =>
        _files.Unread.Where(unread => _test.Functions.MayBeIn(unread.Source.Functions)).Select(unread => unread.Problem);

    private static bool IsClassic(IReadOnlyList<LogMember> set) => set.Count == 0 || set[0].Format is ClassicFormat;

    private ClassicQueryMatcher MatcherOf(LogMember member) => new(_test, member.File, member.Time);

    private FoundRecords FoundIn(LogMember member) => new(member, MatcherOf(member));

    private IEnumerable<AuditFoundRecord> SearchSet(IReadOnlyList<LogMember> set, ProblemLists problems)
    {
        return IsClassic(set) ? Classic() : ReadSet(set, problems);

        IEnumerable<AuditFoundRecord> Classic()
        {
            foreach (FoundRecords part in OrderedWork.Run(_scan.Divide(_scan.Within(set), FoundIn)))
            {
                problems.Add(part.Problems);
                foreach (AuditFoundRecord record in part.Records) yield return record;
            }
            problems.AddFailures(set);
        }
    }

    private IEnumerable<AuditFoundRecord> SearchSetBackwards(IReadOnlyList<LogMember> set, ProblemLists problems)
    {
        if (!IsClassic(set))
        {
            foreach (LogMember member in _scan.Within(set).Reverse())
            {
                foreach (AuditFoundRecord record in ReadBackwards(member, problems)) yield return record;
            }
            problems.AddFailures(set);
            yield break;
        }
        foreach (LogMember member in _scan.Within(set).Reverse())
        {
            IEnumerable<FoundRecords> parts = member.Plain is { } plain
                ? OrderedWork.Run(_scan.DivideBackwards(member, plain, FoundIn))
                : PartsBackwards(member);
            foreach (FoundRecords part in parts)
            {
                problems.Add(part.Problems);
                for (int i = part.Records.Count - 1; i >= 0; i--) yield return part.Records[i];
            }
        }
        problems.AddFailures(set);
    }

    // A forward-only file is read again for each batch of last parts that fits in memory.
    private IEnumerable<FoundRecords> PartsBackwards(LogMember member)
    {
        for (int end = int.MaxValue, first; end > 0; end = first)
        {
            var kept = new Queue<FoundRecords>();
            long bytes = 0;
            first = 0;
            foreach (FoundRecords part in OrderedWork.Run(_scan.Divide([member], FoundIn)).Take(end))
            {
                kept.Enqueue(part);
                bytes += part.ByteCount;
                for (; bytes > MostKeptBytes && kept.Count > 1 && member.CanReadAgain; first++) bytes -= kept.Dequeue().ByteCount;
            }
            foreach (FoundRecords part in kept.Reverse()) yield return part;
        }
    }

    private void SummarizeSet(IReadOnlyList<LogMember> set, IReadOnlyList<AuditGrouping> groupings, GroupTotals totals, ProblemLists problems)
    {
        foreach (LogMember member in _scan.Within(set))
        {
            var groupers = new ConcurrentBag<ViewGrouper>();
            IEnumerable<Func<GroupedRecords>> work = _scan.Divide(
                [member], file => new GroupedRecords(file.File, groupers, () => new ViewGrouper(groupings, _test, file)));
            foreach (GroupedRecords part in OrderedWork.Run(work)) problems.Add(part.Problems);
            foreach (ViewGrouper grouper in groupers) grouper.AddTo(totals);
        }
        problems.AddFailures(set);
    }

    private void SummarizeOther(IReadOnlyList<LogMember> set, Grouper grouper, ProblemLists problems)
    {
        foreach (AuditFoundRecord found in ReadSet(set, problems)) grouper.Add(found.Record, found.File);
    }

    private IEnumerable<AuditFoundRecord> ReadBackwards(LogMember member, ProblemLists problems)
    {
        var scan = new BackwardScan(member, _test);
        try
        {
            foreach (AuditFoundRecord record in scan.Read())
            {
                _cancellation.ThrowIfCancellationRequested();
                yield return record;
            }
            _progress?.Add(member.File.Length);
        }
        finally
        {
            // A caller that needs only the last records stops here.
            problems.Add(scan.Problems);
            problems.Add(scan.Doubts);
        }
    }

    // Files of other formats are read through their format.
    private IEnumerable<AuditFoundRecord> ReadSet(IReadOnlyList<LogMember> set, ProblemLists problems)
    {
        foreach (LogMember member in _scan.Within(set))
        {
            var scan = new FormatScan(member, _test);
            foreach (AuditFoundRecord record in scan.Read())
            {
                _cancellation.ThrowIfCancellationRequested();
                yield return record;
            }
            problems.Add(scan.Problems);
            problems.Add(scan.Doubts);
            _progress?.Add(member.File.Length);
        }
        problems.AddFailures(set);
    }
}
