using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Storage.Rotating;
using NodaTime;

namespace EzAudit.Reading.Following;

/// <summary>Follows the log file of one source across rotations; no file is skipped or read twice.</summary>
internal sealed class FollowedSource(LogSource source) : IDisposable
{
    private readonly LogSource _source = source with { HasRotated = true };
    private readonly RotationChain _chain = new(source with { HasRotated = true });
    private HashSet<(ulong, ulong, Instant)> _known = [];
    private FollowedFile? _current;
    private bool _isByName;

    /// <summary>Starts after the records that exist now.</summary>
    /// <param name="members">The existing files, of which it takes ownership, and their lengths at that time.</param>
    public void Start(IReadOnlyList<LogMember> members)
    {
        foreach (LogMember member in members)
        {
            bool isCurrent = !member.File.IsRotated && _current is null;
            if (isCurrent && member.Identity is { } identity) _current = new FollowedFile(member, identity, member.File.Length);
            else member.Dispose();
        }
        _known = Rotated(members);
        _chain.Know(members.Select(member => member.File.Path));
        foreach (RotatedName name in OlderThanFollowed(_chain.FindNew())) _chain.Know(name);
    }

    // All of them if the log file was not rotated since it was opened; else those before the one it was rotated to.
    private IEnumerable<RotatedName> OlderThanFollowed(IReadOnlyList<RotatedName> names)
    {
        if (_current is null || IsFollowed(_source.Path)) return names;
        string directory = Path.GetDirectoryName(_source.Path) ?? "";
        return names.Any(name => IsFollowed(Path.Combine(directory, name.ToString())))
            ? names.TakeWhile(name => !IsFollowed(Path.Combine(directory, name.ToString())))
            : [];
    }

    private bool IsFollowed(string path) => LogFinder.Identify(path) is { } now && now.IsSameFile(_current!.Identity);

    /// <summary>The records written since the last look: first the rest of the followed file, then those of its successors in order.</summary>
    public IEnumerable<AuditFoundRecord> Look(QueryMatcher test, Action<AuditLogProblem>? onProblem)
    {
        if (_current is not null)
        {
            foreach (AuditFoundRecord record in Take(_current, test, isLast: false, onProblem)) yield return record;
            if (IsFollowed(_source.Path)) yield break;
        }
        else if (LogFinder.Identify(_source.Path) is null)
        {
            yield break;
        }
        IReadOnlyList<RotatedName> names = _chain.FindNew();
        bool isByName = names.Count > 0 || (_isByName && _current is null);
        IEnumerable<AuditFoundRecord> next = isByName ? LookByName(names, test, onProblem) : LookAtAll(test, onProblem);
        foreach (AuditFoundRecord record in next) yield return record;
    }

    public void Dispose() => _current?.Dispose();

    // Files that already have a name are complete. The log file itself follows them only if no file was rotated since; otherwise it waits for the next look.
    private IEnumerable<AuditFoundRecord> LookByName(IReadOnlyList<RotatedName> names, QueryMatcher test, Action<AuditLogProblem>? onProblem)
    {
        var unread = new List<AuditLogProblem>();
        if (_current is not null)
        {
            foreach (AuditFoundRecord record in Take(_current, test, isLast: true, onProblem)) yield return record;
        }
        foreach (LogMember member in Open(names, unread))
        {
            using var file = new FollowedFile(member, member.Identity ?? default, known: 0);
            foreach (AuditFoundRecord record in Take(file, test, isLast: true, onProblem)) yield return record;
        }
        _current?.Dispose();
        _current = null;
        _isByName = true;
        if (LogFinder.TryOpenBeside(_source, Path.GetFileName(_source.Path), unread) is { } newest)
        {
            bool isNext = newest.Identity is { } opened && _chain.FindNew().Count == 0 && LogFinder.Identify(_source.Path) is { } now && now.IsSameFile(opened);
            if (isNext) _current = new FollowedFile(newest, newest.Identity.GetValueOrDefault(), known: 0);
            else newest.Dispose();
        }
        foreach (AuditLogProblem problem in unread) onProblem?.Invoke(problem);
        if (_current is null) yield break;
        foreach (AuditFoundRecord record in Take(_current, test, isLast: false, onProblem)) yield return record;
    }

    // All of them except the followed file, which has been read.
    private IEnumerable<LogMember> Open(IReadOnlyList<RotatedName> names, List<AuditLogProblem> unread)
    {
        bool isFollowedFound = _current is null;
        int gone = 0;
        for (int i = 0; i < names.Count; i++)
        {
            _chain.Know(names[i]);
            LogMember? member = _chain.Open(names[i], unread);
            if (member is null)
            {
                gone++;
            }
            else if (!isFollowedFound && (i == 0 || !member.File.IsCompressed) && _current!.IsIn(member))
            {
                isFollowedFound = true;
                member.Dispose();
            }
            else
            {
                yield return member;
            }
        }
        // The first missing file was the followed one.
        if (!isFollowedFound && gone > 0) gone--;
        if (gone > 0) unread.Add(LogFinder.Unread(_source.Path, $"{gone} rotated file{(gone == 1 ? " was" : "s were")} gone before {(gone == 1 ? "it" : "they")} could be read"));
    }

    // If names do not tell the order, all files are examined together.
    private IEnumerable<AuditFoundRecord> LookAtAll(QueryMatcher test, Action<AuditLogProblem>? onProblem)
    {
        var unread = new List<AuditLogProblem>();
        IReadOnlyList<LogMember> members = LogFinder.Open(_source, unread);
        List<LogMember> next = [.. Successors(members)];
        if (_current is not null && next.Exists(member => member.File.IsRotated) && !members.Any(_current.IsIn))
            unread.Add(LogFinder.Unread(_source.Path, "the followed file is gone; files rotated after it may also be gone and were not read"));
        foreach (AuditLogProblem problem in unread) onProblem?.Invoke(problem);
        foreach (LogMember member in members.Except(next)) member.Dispose();
        // Opened earlier: what was written between the look and the rotation is still read.
        if (_current is not null)
        {
            bool isGone = next.Count > 0;
            foreach (AuditFoundRecord record in Take(_current, test, isLast: isGone, onProblem)) yield return record;
            if (!isGone) yield break;
            _current.Dispose();
            _current = null;
        }
        _known = Rotated(members);
        _chain.Know(members.Select(member => member.File.Path));
        foreach (LogMember member in next)
        {
            var file = new FollowedFile(member, member.Identity ?? default, known: 0);
            foreach (AuditFoundRecord record in Take(file, test, isLast: member.File.IsRotated, onProblem)) yield return record;
            if (member.File.IsRotated) file.Dispose();
            else _current = file;
        }
    }

    private static IEnumerable<AuditFoundRecord> Take(FollowedFile file, QueryMatcher test, bool isLast, Action<AuditLogProblem>? onProblem)
    {
        foreach (AuditFoundRecord record in file.ReadOn(test, isLast)) yield return record;
        foreach (AuditLogProblem problem in file.TakeProblems()) onProblem?.Invoke(problem);
    }

    // The files after the followed one. If the clock was set back, their dates may be older, so files that existed
    // before are not new. If the followed file is gone, a compressed file may hold the records of one that existed.
    private IEnumerable<LogMember> Successors(IReadOnlyList<LogMember> members)
    {
        int current = _current is null ? -1 : members.Index().LastOrDefault(item => _current.IsIn(item.Item), (-1, null!)).Index;
        return members.Where((member, i) => (!member.File.IsRotated && i != current)
            || (i > current && !_known.Contains(Key(member)) && !_chain.Knows(member.File.Path) && (current >= 0 || !member.File.IsCompressed)));
    }

    private static HashSet<(ulong, ulong, Instant)> Rotated(IReadOnlyList<LogMember> members) =>
        [.. members.Where(member => member.File.IsRotated).Select(Key)];

    // The number of a deleted file is soon reused.
    private static (ulong, ulong, Instant) Key(LogMember member) =>
        (member.Identity.GetValueOrDefault().Device, member.Identity.GetValueOrDefault().Inode, member.Identity.GetValueOrDefault().Modified);
}
