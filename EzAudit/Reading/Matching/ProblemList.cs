using EzAudit.Formats.Classic;
using EzAudit.Reading.Files;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>The problems of one file in the order of its bytes. Adjacent damage is one problem, however the file was split for reading.</summary>
internal sealed class ProblemList(string path)
{
    private readonly List<AuditLogProblem> _problems = [];
    private AuditLogFile? _file;
    private long _doubtful;
    private long _firstDoubtful;
    private bool _beginsWithDamage;
    private bool _endsWithDamage;

    public string Path => path;

    public IReadOnlyList<AuditLogProblem> Problems => _problems;

    /// <summary>The problem that describes the records whose function is ambiguous.</summary>
    public AuditLogProblem? Doubt => _file is null ? null : UnknownFunctions.Problem(_file, _doubtful, _firstDoubtful);

    /// <summary>Notes a record that matches only if it belongs to one function of the file rather than another.</summary>
    public void AddDoubt(AuditLogFile file, long offset)
    {
        if (_doubtful++ == 0) _firstDoubtful = offset;
        _file = file;
    }

    /// <summary>Reads a record in place; adds a problem for a piece that is neither a record nor blank.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset, out ClassicView view)
    {
        view = default;
        if (piece.IsRecord && ClassicView.TryRead(bytes, piece, out view)) return true;
        if (piece.IsRecord || piece.Problem is not null) Add(piece.Problem ?? AuditLogProblemKind.Damage, bytes, offset, isRecord: false);
        return false;
    }

    /// <param name="kind">The kind of problem.</param>
    /// <param name="bytes">The piece.</param>
    /// <param name="offset">The offset of the piece.</param>
    /// <param name="isRecord">Whether the piece is a record nevertheless.</param>
    public void Add(AuditLogProblemKind kind, ReadOnlySpan<byte> bytes, long offset, bool isRecord)
    {
        bool isDamage = kind == AuditLogProblemKind.Damage && !isRecord;
        if (TryJoin(isDamage, offset, bytes.Length)) return;
        if (_problems.Count == 0) _beginsWithDamage = isDamage;
        _endsWithDamage = isDamage;
        _problems.Add(new AuditLogProblem(path, offset, bytes.Length, kind, PieceReader.Found(bytes)));
    }

    /// <summary>Adds the problems of the next part of the file.</summary>
    public void Add(ProblemList next)
    {
        if (_doubtful == 0) _firstDoubtful = next._firstDoubtful;
        _doubtful += next._doubtful;
        _file ??= next._file;
        if (next._problems.Count == 0) return;
        AuditLogProblem first = next._problems[0];
        bool isJoined = TryJoin(next._beginsWithDamage, first.Offset, first.Length);
        if (_problems.Count == 0) _beginsWithDamage = next._beginsWithDamage;
        _problems.AddRange(isJoined ? next._problems.Skip(1) : next._problems);
        _endsWithDamage = next._endsWithDamage;
    }

    private bool TryJoin(bool isDamage, long offset, long length)
    {
        if (!isDamage || !_endsWithDamage || _problems[^1].Offset + _problems[^1].Length != offset) return false;
        _problems[^1] = _problems[^1] with { Length = _problems[^1].Length + length };
        return true;
    }
}

/// <summary>Reports records in a file of several functions that do not state theirs, if the result depends on it.</summary>
internal static class UnknownFunctions
{
    private const int Named = 5;

    /// <param name="file">Their file.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="offset">Where the first one is.</param>
    public static AuditLogProblem Problem(AuditLogFile file, long count, long offset)
    {
        string functions = file.Functions.Count == 0 || file.Functions.Contains("*") ? "any function" : Join(file.Functions);
        string found = $"{count} record{(count == 1 ? "" : "s")} may be of {functions}: {(count == 1 ? "it does" : "they do")} not say which";
        return new AuditLogProblem(file.Path, offset, 0, AuditLogProblemKind.UnknownFunction, found);
    }

    private static string Join(IReadOnlyList<string> functions)
    {
        if (functions.Count > Named) return $"{string.Join(", ", functions.Take(Named))} and {functions.Count - Named} more";
        return $"{string.Join(", ", functions.SkipLast(1))} or {functions[^1]}";
    }
}

/// <summary>The problems of several files, in the order in which the files were read.</summary>
internal sealed class ProblemLists
{
    private readonly Dictionary<string, ProblemList> _lists = new(StringComparer.Ordinal);
    private readonly List<AuditLogProblem> _others = [];

    public IReadOnlyList<AuditLogProblem> All => [.. _lists.Values.SelectMany(list => list.Problems), .. _others, .. _lists.Values.Select(list => list.Doubt).OfType<AuditLogProblem>()];

    /// <summary>Adds the problems of the next part of a file.</summary>
    public void Add(ProblemList part)
    {
        if (part.Problems.Count == 0 && part.Doubt is null) return;
        if (_lists.TryGetValue(part.Path, out ProblemList? known)) known.Add(part);
        else _lists.Add(part.Path, part);
    }

    public void Add(IEnumerable<AuditLogProblem> problems) => _others.AddRange(problems);

    /// <summary>Adds the problems of files that could not be read to their end.</summary>
    public void AddFailures(IEnumerable<LogMember> members) => Add(members.Select(member => member.Failure).OfType<AuditLogProblem>());
}
