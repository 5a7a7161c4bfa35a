using System.Collections;
using EzAudit.Records;

namespace EzAudit;

/// <summary>
/// The records that a query finds, read as they are asked for; each enumeration looks anew. One enumeration at a time, for one thread at a time.
/// </summary>
public sealed class AuditSearch : IEnumerable<AuditFoundRecord>
{
    private readonly Func<AuditSearch, IEnumerator<AuditFoundRecord>> _start;
    private List<AuditLogProblem> _problems = [];

    internal AuditSearch(Func<AuditSearch, IEnumerator<AuditFoundRecord>> start) => _start = start;

    /// <summary>
    /// What is wrong in what was looked at so far: a search looks only where something may be found.
    /// <see cref="AuditLog.FindProblems"/> looks everywhere.
    /// </summary>
    public IReadOnlyList<AuditLogProblem> Problems => _problems;

    /// <summary>How many bytes of the files were left out because they lie outside of the time that was asked for.</summary>
    public long SkippedBytes { get; internal set; }

    /// <inheritdoc/>
    public IEnumerator<AuditFoundRecord> GetEnumerator()
    {
        _problems = [];
        SkippedBytes = 0;
        return _start(this);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(IEnumerable<AuditLogProblem> problems) => _problems.AddRange(problems);
}
