using System.Collections;
using EzAudit.Reading;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit;

/// <summary>
/// The records that a query finds, read as they are asked for; each enumeration looks anew. One enumeration at a time, for one thread at a time.
/// </summary>
public sealed class AuditSearch : IEnumerable<AuditFoundRecord>
{
    private readonly Func<LogReading> _open;
    private readonly bool _isBackwards;
    private readonly Action<long> _onEnd;
    private ProblemList _problems = new();
    private LogReading? _reading;

    internal AuditSearch(Func<LogReading> open, bool isBackwards, Action<long> onEnd)
    {
        _onEnd = onEnd;
        _open = open;
        _isBackwards = isBackwards;
    }

    /// <summary>
    /// What is wrong in what was looked at so far: a search looks only where something may be found.
    /// <see cref="AuditLog.FindProblems"/> looks everywhere.
    /// </summary>
    public IReadOnlyList<AuditLogProblem> Problems => _problems.All;

    /// <summary>How many bytes of the files were left out so far because they lie outside of the time that was asked for.</summary>
    public long SkippedBytes => _reading?.SkippedBytes ?? 0;

    /// <inheritdoc/>
    public IEnumerator<AuditFoundRecord> GetEnumerator()
    {
        var problems = new ProblemList();
        long count = 0;
        try
        {
            using LogReading reading = _open();
            _problems = problems;
            _reading = reading;
            foreach (AuditFoundRecord record in _isBackwards ? reading.SearchBackwards(problems) : reading.Search(problems))
            {
                count++;
                yield return record;
            }
        }
        finally
        {
            // Also of one that takes only the first records.
            _onEnd(count);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
