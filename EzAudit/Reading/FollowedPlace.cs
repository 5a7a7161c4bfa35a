using EzAudit.Records;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit.Reading;

/// <summary>Follows the log file of one place: from one rotation to the next, none of its files left out and none read twice.</summary>
internal sealed class FollowedPlace(LogPlace place) : IDisposable
{
    private readonly LogPlace _place = place with { HasRotated = true };
    private HashSet<(ulong, ulong, Instant)> _known = [];
    private FollowedFile? _current;

    /// <summary>Begins behind what is there now.</summary>
    /// <param name="members">The files that are there, which it takes over, and their lengths then.</param>
    public void Start(IReadOnlyList<LogMember> members)
    {
        foreach (LogMember member in members)
        {
            bool isCurrent = !member.File.IsRotated && _current is null;
            if (isCurrent && member.Identity is { } identity) _current = new FollowedFile(member, identity, member.File.Length);
            else member.Dispose();
        }
        _known = Rotated(members);
    }

    /// <summary>What is new since the last look: first what the file that was followed still got, then its successors in their order.</summary>
    public IEnumerable<AuditFoundRecord> Look(RecordTest test, Action<AuditLogProblem>? onProblem)
    {
        if (_current is not null)
        {
            foreach (AuditFoundRecord record in Take(_current, test, isLast: false, onProblem)) yield return record;
            if (LogFinder.Identify(_place.Path) is { } now && now.IsSameFile(_current.Identity)) yield break;
        }
        else if (LogFinder.Identify(_place.Path) is null)
        {
            yield break;
        }
        var unread = new List<AuditLogProblem>();
        IReadOnlyList<LogMember> members = LogFinder.Open(_place, unread);
        List<LogMember> next = [.. Successors(members)];
        foreach (AuditLogProblem problem in unread.Concat(Missing(members, next))) onProblem?.Invoke(problem);
        foreach (LogMember member in members.Except(next)) member.Dispose();
        // Opened before: what was written between the look and the rotation is still read.
        if (_current is not null)
        {
            bool isGone = next.Count > 0;
            foreach (AuditFoundRecord record in Take(_current, test, isLast: isGone, onProblem)) yield return record;
            if (!isGone) yield break;
            _current.Dispose();
            _current = null;
        }
        _known = Rotated(members);
        foreach (LogMember member in next)
        {
            var file = new FollowedFile(member, member.Identity ?? default, known: 0);
            foreach (AuditFoundRecord record in Take(file, test, isLast: member.File.IsRotated, onProblem)) yield return record;
            if (member.File.IsRotated) file.Dispose();
            else _current = file;
        }
    }

    public void Dispose() => _current?.Dispose();

    private static IEnumerable<AuditFoundRecord> Take(FollowedFile file, RecordTest test, bool isLast, Action<AuditLogProblem>? onProblem)
    {
        foreach (AuditFoundRecord record in file.ReadOn(test, isLast)) yield return record;
        foreach (AuditLogProblem problem in file.TakeProblems()) onProblem?.Invoke(problem);
    }

    // The files behind the one that was followed. By their dates they may be older where a clock was put back: what was there
    // before is not new for that. Where the file is gone, a compressed one may have the records of one that was there.
    private IEnumerable<LogMember> Successors(IReadOnlyList<LogMember> members)
    {
        int current = _current is null ? -1 : members.Index().LastOrDefault(item => _current.IsIn(item.Item), (-1, null!)).Index;
        return members.Where((member, i) => (!member.File.IsRotated && i != current)
            || (i > current && !_known.Contains(Key(member)) && (current >= 0 || !member.File.IsCompressed)));
    }

    // Retention may delete a file before it is looked at; what was in it is not shown, and that has to be said.
    private IEnumerable<AuditLogProblem> Missing(IReadOnlyList<LogMember> members, List<LogMember> next)
    {
        if (_current is null) yield break;
        LogMember? followed = members.LastOrDefault(_current.IsIn);
        if (followed is null && next.Any(member => member.File.IsRotated))
            yield return LogFinder.Unread(_place.Path, "the file that was followed is gone; files that were rotated after it may be, too, and were not read");
        IEnumerable<LogMember> known = followed is null ? next : next.Prepend(followed);
        RotatedName? before = null;
        foreach (LogMember member in known.Where(member => member.File.IsRotated))
        {
            if (!RotatedName.TryParse(Path.GetFileName(_place.Path), Path.GetFileName(member.File.Path), out RotatedName? name) || name.IsNumbered) continue;
            int missing = before?.Date == name.Date ? name.Number - before.Number - 1 : 0;
            if (missing > 0) yield return LogFinder.Unread(_place.Path, $"{missing} rotated file{(missing == 1 ? "" : "s")} before {name} could not be read in time");
            before = name;
        }
    }

    private static HashSet<(ulong, ulong, Instant)> Rotated(IReadOnlyList<LogMember> members) =>
        [.. members.Where(member => member.File.IsRotated).Select(Key)];

    // The number of a deleted file is soon another's.
    private static (ulong, ulong, Instant) Key(LogMember member) =>
        (member.Identity.GetValueOrDefault().Device, member.Identity.GetValueOrDefault().Inode, member.Identity.GetValueOrDefault().Modified);
}
