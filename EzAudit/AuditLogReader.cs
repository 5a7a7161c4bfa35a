using System.Runtime.CompilerServices;
using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Reading.Following;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;

namespace EzAudit;

/// <summary>Reads the log files of an audit trail as one log: searches, counts, summarizes and follows them.</summary>
/// <remarks>
/// A reader never blocks the writers: they may write, rotate, rename and delete the files meanwhile. Each call looks up the files again. Memory is bounded
/// by the longest record, however large the files are; a summary also needs a few hundred bytes for each group. Thread-safe, except on a stream.
/// </remarks>
public sealed partial class AuditLogReader : IAuditSource
{
    // Looking up a few paths costs microseconds, and also works on file systems that do not notify readers of writes on other machines.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly LogSet _log;
    private readonly AuditWriter? _writer;
    private readonly AuditWriterBuilder? _builder;

    /// <param name="log">The log.</param>
    /// <param name="writer">Records the readings, if it is given.</param>
    /// <param name="builder">Builds a writer for each record of a reading, if it is given.</param>
    private AuditLogReader(LogSet log, AuditWriter? writer = null, AuditWriterBuilder? builder = null)
    {
        _log = log;
        _writer = writer;
        _builder = builder;
    }

    /// <summary>The functions that plugins define, and those with which EzAudit records its own events; empty if no settings were read.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _log.Functions;

    /// <summary>The id of the time zone of the log, such as <c>Europe/Vienna</c>.</summary>
    public string TimeZone => _log.Zone.Id;

    /// <summary>How files are cut for reading; small in tests, where every cut matters.</summary>
    internal ChunkSize ChunkSize { get; set; } = ChunkSize.Usual;

    /// <summary>Waits until it is worth looking for new records again.</summary>
    internal Func<CancellationToken, ValueTask> Wait { get; set; } = static cancellationToken => new(Task.Delay(LookInterval, cancellationToken));

    /// <summary>The existing files: for each log file its rotated files from the oldest to the newest, followed by the log file itself.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public IReadOnlyList<AuditLogFile> FindFiles() => _log.FindFiles();

    /// <summary>Whether a file, which need not exist, is one of this log: a log file, or a rotated file of one.</summary>
    /// <param name="path">The path of the file.</param>
    public bool Contains(string path) => _log.SourceOf(path) is not null;

    /// <summary>
    /// A reader of some files only, without their rotated files. For files of this log it knows functions, format and time zone; others are read as
    /// <see cref="OpenFiles"/> does.
    /// </summary>
    /// <param name="paths">The paths of the files.</param>
    /// <param name="timeZone">The id of the time zone in which they were written; if <see langword="null"/>, that of this log.</param>
    /// <exception cref="ArgumentException">The time zone is unknown.</exception>
    public AuditLogReader Only(IEnumerable<string> paths, string? timeZone = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new AuditLogReader(_log.Only(paths, timeZone is null ? _log.Zone : FindZone(timeZone, nameof(timeZone))), _writer, _builder);
    }

    /// <summary>The records that match a query, oldest first: files are merged by time, and each file keeps its own order. Read on demand.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Receives progress and problems.</param>
    /// <param name="cancellationToken">Stops the search with an <see cref="OperationCanceledException"/>, even while nothing is found.</param>
    /// <returns>A sequence that searches again each time it is enumerated. The files are closed, and problems reported, when the enumerator is disposed.</returns>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    /// <remarks>
    /// The enumeration throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> if a file cannot be opened, and, at its end,
    /// <see cref="AuditWriteException"/> if the reading must be recorded and cannot be.
    /// </remarks>
    public IEnumerable<AuditFoundRecord> Search(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Search(_log.MatcherOf(query), isBackwards: false, options, cancellationToken);

    /// <summary>The records that match a query, newest first. Only as much of the files is read as the records that the caller takes require.</summary>
    /// <inheritdoc cref="Search(AuditQuery, AuditReadOptions?, CancellationToken)"/>
    public IEnumerable<AuditFoundRecord> SearchBackwards(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Search(_log.MatcherOf(query), isBackwards: true, options, cancellationToken);

    /// <summary>The records that match a query, oldest first, read on the thread pool while no thread waits for them; for web pages.</summary>
    /// <inheritdoc cref="Search(AuditQuery, AuditReadOptions?, CancellationToken)"/>
    /// <remarks>
    /// Only opening the files runs on the thread of the caller. The enumeration throws <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> if a file cannot be opened, and, at its end, <see cref="AuditWriteException"/> if the reading must be recorded
    /// and cannot be.
    /// </remarks>
    public IAsyncEnumerable<AuditFoundRecord> SearchAsync(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchAsync(_log.MatcherOf(query), isBackwards: false, options, cancellationToken);

    /// <summary>
    /// The records that match a query, newest first. A compressed file, or one in a plugin's format, can only be read from its start; then one thread of the
    /// pool waits for the others.
    /// </summary>
    /// <inheritdoc cref="SearchAsync(AuditQuery, AuditReadOptions?, CancellationToken)"/>
    public IAsyncEnumerable<AuditFoundRecord> SearchBackwardsAsync(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchAsync(_log.MatcherOf(query), isBackwards: true, options, cancellationToken);

    /// <summary>The number of records that match a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Receives progress and problems. Looking for problems makes counting slower.</param>
    /// <param name="cancellationToken">Stops the count with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    /// <exception cref="AuditWriteException">The reading must be recorded and cannot be.</exception>
    public long Count(AuditQuery query, AuditReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.OnProblem is not null) return Summarize(query, [], options, cancellationToken).Count;
        long count;
        using (LogReading reading = Read(_log.MatcherOf(query), options, cancellationToken)) count = reading.Count();
        Record(query, count);
        return count;
    }

    /// <summary>Counts the records that match a query in groups. All groupings are computed in one pass.</summary>
    /// <param name="query">The query.</param>
    /// <param name="groupings">How to group; if empty, only the total is counted.</param>
    /// <param name="options">Receives progress and problems.</param>
    /// <param name="cancellationToken">Stops the count with an <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="Count"/>
    public AuditSummary Summarize(
        AuditQuery query, IReadOnlyList<AuditGrouping> groupings, AuditReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groupings);
        AuditSummary summary;
        using (LogReading reading = Read(_log.MatcherOf(query), options, cancellationToken)) summary = reading.Summarize(groupings, _log.Zone);
        End(query, summary.Count, summary.Problems, options);
        return summary;
    }

    /// <summary>All problems in the files, by file and offset. This is not recorded as a reading.</summary>
    /// <param name="options">Receives progress, and the same problems.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public IReadOnlyList<AuditLogProblem> FindProblems(AuditReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        using LogReading reading = Read(_log.MatcherOf(AuditQuery.All), options, cancellationToken);
        IReadOnlyList<AuditLogProblem> problems = reading.FindProblems();
        options?.Report(problems);
        return problems;
    }

    /// <summary>New records as they are written, each once, through growth, rotation and truncation, until cancelled.</summary>
    /// <param name="query">The query.</param>
    /// <param name="last">How many of the existing records to return first.</param>
    /// <param name="options">Receives problems as they are found. Progress is not reported.</param>
    /// <param name="cancellationToken">Ends the sequence without an exception.</param>
    /// <remarks>Files are read on the caller's thread; only the wait between two looks, 200 ms, is asynchronous.</remarks>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network, or the options ask for verified records.</exception>
    /// <exception cref="InvalidOperationException">The reader was opened on a stream.</exception>
    public IAsyncEnumerable<AuditFoundRecord> FollowAsync(
        AuditQuery query, int last = 0, AuditReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_log.IsStream) throw new InvalidOperationException("A stream cannot be followed. Search it, which reads it to its end.");
        if (options?.VerifiedBy is not null) throw new ArgumentException("New records cannot be verified while they are followed. Search them, which verifies the ledger first.", nameof(options));
        return FollowAsync(_log.MatcherOf(query), last, options, cancellationToken);
    }

    /// <summary>Closes the stream, if the reader was opened on one.</summary>
    public void Dispose() => _log.Dispose();

    private LogReading Read(QueryMatcher matcher, AuditReadOptions? options, CancellationToken cancellationToken)
    {
        LogFiles files = _log.Open();
        try
        {
            // After the files were opened: one that a rotation puts in the place of another one meanwhile is not taken for it.
            return new LogReading(files, matcher, ChunkSize, ReadCounter.For(options?.Progress), cancellationToken) { Verified = options?.VerifiedBy?.FindVerified(cancellationToken) };
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    private IEnumerable<AuditFoundRecord> Search(QueryMatcher matcher, bool isBackwards, AuditReadOptions? options, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        long count = 0;
        try
        {
            using LogReading reading = Read(matcher, options, cancellationToken);
            foreach (AuditFoundRecord record in reading.Search(problems, isBackwards))
            {
                count++;
                yield return record;
            }
        }
        finally
        {
            // A caller that takes only the first records has read, too.
            End(matcher.Query, count, problems.All, options);
        }
    }

    private async IAsyncEnumerable<AuditFoundRecord> SearchAsync(
        QueryMatcher matcher, bool isBackwards, AuditReadOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        long count = 0;
        try
        {
            using LogReading reading = Read(matcher, options, cancellationToken);
            await foreach (AuditFoundRecord record in reading.SearchAsync(problems, isBackwards).ConfigureAwait(false))
            {
                count++;
                yield return record;
            }
        }
        finally
        {
            await EndAsync(matcher.Query, count, problems.All, options).ConfigureAwait(false);
        }
    }

    // Recorded at the start as well: a process that is killed writes nothing at its end.
    private async IAsyncEnumerable<AuditFoundRecord> FollowAsync(
        QueryMatcher matcher, int last, AuditReadOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RecordAsync(matcher.Query, 0).ConfigureAwait(false);
        long count = 0;
        try
        {
            var follower = new LogFollower(_log.Sources, matcher, Wait);
            await foreach (AuditFoundRecord record in follower.Follow(last, ChunkSize, options?.OnProblem, cancellationToken).ConfigureAwait(false))
            {
                count++;
                yield return record;
            }
        }
        finally
        {
            await RecordAsync(matcher.Query, count).ConfigureAwait(false);
        }
    }
}
