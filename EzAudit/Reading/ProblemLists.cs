using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>What is wrong in several files, in the order in which they were come to.</summary>
internal sealed class ProblemLists
{
    private readonly Dictionary<string, ProblemList> _lists = new(StringComparer.Ordinal);
    private readonly List<AuditLogProblem> _others = [];

    public IReadOnlyList<AuditLogProblem> All => [.. _lists.Values.SelectMany(list => list.Problems), .. _others, .. _lists.Values.Select(list => list.Doubt).OfType<AuditLogProblem>()];

    /// <summary>Adds those of the next part of a file.</summary>
    public void Add(ProblemList part)
    {
        if (part.Problems.Count == 0 && part.Doubt is null) return;
        if (_lists.TryGetValue(part.Path, out ProblemList? known)) known.Add(part);
        else _lists.Add(part.Path, part);
    }

    public void Add(IEnumerable<AuditLogProblem> problems) => _others.AddRange(problems);

    /// <summary>Adds the problems of files whose bytes could not be had to their end.</summary>
    public void AddFailures(IEnumerable<LogMember> members) => Add(members.Select(member => member.Failure).OfType<AuditLogProblem>());
}
