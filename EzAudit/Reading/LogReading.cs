using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EzAudit.Reading.Files;
using EzAudit.Reading.Grouping;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;
using NodaTime;

namespace EzAudit.Reading;

/// <summary>One read of a log: the files, opened as they were at its start, and a query.</summary>
internal sealed class LogReading : IDisposable
{
    private const long MostKeptBytes = 64 << 20;

    private readonly LogFiles _files;
    private readonly QueryMatcher _query;
    private readonly CancellationToken _cancellation;
    private readonly LogScan _scan;

    public LogReading(LogFiles files, QueryMatcher query, ChunkSize size, ReadCounter? progress, CancellationToken cancellation)
    {
        _files = files;
        _query = query;
        _cancellation = cancellation;
        _scan = new LogScan(query, size, progress, cancellation);
        progress?.Start(files.Members.Sum(member => member.File.Length));
    }

    /// <summary>The only bytes whose records count, by path; <see langword="null"/> for all.</summary>
    public IReadOnlyDictionary<string, VerifiedFile>? Verified { get; init; }

    public void Dispose() => _files.Dispose();

    /// <summary>The matching records, merged by time.</summary>
    /// <param name="problems">Receives the problems, as far as was read.</param>
    /// <param name="isBackwards">Whether the newest record comes first.</param>
    public IEnumerable<AuditFoundRecord> Search(ProblemList problems, bool isBackwards = false)
    {
        problems.Add(Unread);
        return new TimeMerge(isBackwards).Merge([.. _files.Sets.Select(set => Records(set))]);

        IEnumerable<AuditFoundRecord> Records(IReadOnlyList<LogMember> set)
        {
            foreach (FoundRecords part in Run(Find(set, isBackwards)))
            {
                problems.Add(part.Problems);
                for (int i = 0; i < part.Records.Count; i++) yield return part.Records[isBackwards ? ^(i + 1) : i];
            }
            problems.Add(set.Select(member => member.Failure).OfType<AuditLogProblem>());
        }
    }

    /// <summary>The same, without blocking a thread while records are looked for.</summary>
    /// <param name="problems">Receives the problems, as far as was read.</param>
    /// <param name="isBackwards">Whether the newest record comes first.</param>
    public IAsyncEnumerable<AuditFoundRecord> SearchAsync(ProblemList problems, bool isBackwards = false)
    {
        problems.Add(Unread);
        return new TimeMerge(isBackwards).MergeAsync([.. _files.Sets.Select(set => Records(set, _cancellation))], _cancellation);

        async IAsyncEnumerable<AuditFoundRecord> Records(IReadOnlyList<LogMember> set, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (FoundRecords part in new OrderedWork<FoundRecords>(Find(set, isBackwards)).RunAsync(cancellationToken).ConfigureAwait(false))
            {
                problems.Add(part.Problems);
                for (int i = 0; i < part.Records.Count; i++) yield return part.Records[isBackwards ? ^(i + 1) : i];
            }
            problems.Add(set.Select(member => member.Failure).OfType<AuditLogProblem>());
        }
    }

    public long Count() => Run(_files.Sets.SelectMany(set => Divide(set, member => new MatchCount(MatcherOf(member))))).Sum(part => part.Count);

    public AuditSummary Summarize(IReadOnlyList<AuditGrouping> groupings, DateTimeZone zone)
    {
        var totals = new GroupTotals(groupings.Count);
        var problems = new ProblemList();
        problems.Add(Unread);
        foreach (LogMember member in _files.Sets.SelectMany(_scan.Within))
        {
            var free = new ConcurrentBag<Grouper>();
            IEnumerable<Func<Grouper>> work = _scan.Divide(
                [member], file => free.TryTake(out Grouper? grouper) ? grouper : new Grouper(groupings, MatcherOf(file), zone, free));
            foreach (Grouper grouper in Run(work).ToHashSet())
            {
                grouper.AddTo(totals);
                problems.Add(grouper.Problems);
            }
        }
        AddFailures(problems);
        return totals.ToSummary(problems.All);
    }

    public IReadOnlyList<AuditLogProblem> FindProblems()
    {
        var problems = new ProblemList();
        problems.Add(_files.Unread.Where(unread => unread.Source.Format.CanRead).Select(unread => unread.Problem));
        foreach (FoundProblems part in Run(_files.Sets.SelectMany(set => Divide(set, member => new FoundProblems(MatcherOf(member)))))) problems.Add(part.Problems);
        AddFailures(problems);
        return problems.All;
    }

    private IEnumerable<AuditLogProblem> Unread =>
        _files.Unread.Where(unread => _query.MayBeIn(unread.Source.Functions)).Select(unread => unread.Problem);

    private static IEnumerable<T> Run<T>(IEnumerable<Func<T>> work) => new OrderedWork<T>(work).Run();

    private RecordMatcher MatcherOf(LogMember member) => new(_query, member.File) { Verified = VerifiedIn(member) };

    // Nothing of a file that took the place of the verified one.
    private CoveredRanges? VerifiedIn(LogMember member)
    {
        if (Verified is null) return null;
        bool isSame = Verified.TryGetValue(Path.GetFullPath(member.File.Path), out VerifiedFile? file) && member.Identity is { } identity && identity.IsSameFile(file.Identity);
        return isSame ? file!.Ranges : new CoveredRanges();
    }

    private FoundRecords FoundIn(LogMember member) => new(member, MatcherOf(member));

    private IEnumerable<Func<T>> Divide<T>(IReadOnlyList<LogMember> set, Func<LogMember, T> create) where T : IPieceSink =>
        _scan.Divide(_scan.Within(set), create);

    private IEnumerable<Func<FoundRecords>> Find(IReadOnlyList<LogMember> set, bool isBackwards)
    {
        if (!isBackwards) return Divide(set, FoundIn);
        return _scan.Within(set).Reverse().SelectMany(member => LogScan.IsDividedBackwards(member) ? _scan.DivideBackwards(member, FoundIn) : FindBackwards(member));
    }

    // A file that can only be read from its start is read again for each batch of last parts that fits in memory.
    private IEnumerable<Func<FoundRecords>> FindBackwards(LogMember member)
    {
        for (int end = int.MaxValue, first; end > 0; end = first)
        {
            var kept = new Queue<FoundRecords>();
            long bytes = 0;
            first = 0;
            foreach (FoundRecords part in Run(_scan.Divide([member], FoundIn)).Take(end))
            {
                kept.Enqueue(part);
                bytes += part.ByteCount;
                for (; bytes > MostKeptBytes && kept.Count > 1 && member.CanReadAgain; first++) bytes -= kept.Dequeue().ByteCount;
            }
            foreach (FoundRecords part in kept.Reverse()) yield return () => part;
        }
    }

    private void AddFailures(ProblemList problems) => problems.Add(_files.Members.Select(member => member.Failure).OfType<AuditLogProblem>());
}
