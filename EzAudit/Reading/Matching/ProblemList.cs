using EzAudit.Reading.Files;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>The problems of files, or of a part of one. Adjacent damage is one problem, however a file was split for reading. Not thread-safe.</summary>
internal sealed class ProblemList
{
    private readonly List<Entry> _entries = [];
    private readonly List<AuditLogProblem> _others = [];
    private readonly Dictionary<string, Doubt> _doubts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _unverified = new(StringComparer.Ordinal);

    /// <summary>All of them: those at a place, by file and offset, then files that were not read, then records that were left out, then those whose function is ambiguous.</summary>
    public IReadOnlyList<AuditLogProblem> All
    {
        get
        {
            var sorted = new List<Entry>();
            foreach (Entry entry in _entries.GroupBy(entry => entry.Problem.File).SelectMany(file => file.OrderBy(entry => entry.Problem.Offset))) Append(sorted, entry);
            return [.. sorted.Select(entry => entry.Problem), .. _others, .. _unverified.Select(Unverified), .. _doubts.Values.Select(doubt => doubt.ToProblem())];
        }
    }

    /// <summary>Adds a piece that is not a record.</summary>
    public void Add(AuditLogProblemKind kind, ReadOnlySpan<byte> bytes, string path, long offset)
    {
        bool isDamage = kind == AuditLogProblemKind.Damage;
        // No excerpt if it only makes the last problem longer.
        string found = isDamage && _entries.Count > 0 && _entries[^1].IsContinuedBy(path, offset) ? "" : PieceReader.Found(bytes);
        Append(_entries, new Entry(new AuditLogProblem(path, offset, bytes.Length, kind, found), isDamage));
    }

    /// <summary>Adds a record that is returned nevertheless.</summary>
    public void AddUnsound(AuditLogProblemKind kind, ReadOnlySpan<byte> bytes, string path, long offset) =>
        _entries.Add(new Entry(new AuditLogProblem(path, offset, bytes.Length, kind, PieceReader.Found(bytes)), IsDamage: false));

    /// <summary>Adds problems of whole files.</summary>
    public void Add(IEnumerable<AuditLogProblem> problems) => _others.AddRange(problems);

    /// <summary>Adds the problems of a part.</summary>
    public void Add(ProblemList part)
    {
        foreach (Entry entry in part._entries) Append(_entries, entry);
        _others.AddRange(part._others);
        foreach (Doubt doubt in part._doubts.Values) AddDoubt(doubt);
        foreach ((string path, long count) in part._unverified) _unverified[path] = _unverified.GetValueOrDefault(path) + count;
    }

    /// <summary>Notes a record that matches only if it belongs to one function of its file rather than another.</summary>
    public void AddDoubt(AuditLogFile file, long offset) => AddDoubt(new Doubt(file, 1, offset));

    /// <summary>Notes a record that is left out because nothing vouches for it.</summary>
    public void AddUnverified(AuditLogFile file) => _unverified[file.Path] = _unverified.GetValueOrDefault(file.Path) + 1;

    private static AuditLogProblem Unverified(KeyValuePair<string, long> file) => new(
        file.Key, 0, 0, AuditLogProblemKind.Unverified, $"{file.Value} record{(file.Value == 1 ? "" : "s")} left out: the ledger does not vouch for {(file.Value == 1 ? "it" : "them")}");

    private void AddDoubt(Doubt doubt) =>
        _doubts[doubt.File.Path] = _doubts.TryGetValue(doubt.File.Path, out Doubt known) ? known.With(doubt) : doubt;

    private static void Append(List<Entry> entries, Entry next)
    {
        if (next.IsDamage && entries.Count > 0 && entries[^1].IsContinuedBy(next.Problem.File, next.Problem.Offset))
            entries[^1] = entries[^1] with { Problem = entries[^1].Problem with { Length = entries[^1].Problem.Length + next.Problem.Length } };
        else entries.Add(next);
    }

    private readonly record struct Entry(AuditLogProblem Problem, bool IsDamage)
    {
        public bool IsContinuedBy(string path, long offset) => IsDamage && Problem.Offset + Problem.Length == offset && Problem.File == path;
    }

    private readonly record struct Doubt(AuditLogFile File, long Count, long Offset)
    {
        private const int MaxNames = 5;

        public Doubt With(Doubt other) => this with { Count = Count + other.Count, Offset = Math.Min(Offset, other.Offset) };

        public AuditLogProblem ToProblem()
        {
            string functions = File.Functions.Count == 0 || File.Functions.Contains("*") ? "any function" : Join(File.Functions);
            string found = $"{Count} record{(Count == 1 ? "" : "s")} may be of {functions}: {(Count == 1 ? "it does" : "they do")} not say which";
            return new AuditLogProblem(File.Path, Offset, 0, AuditLogProblemKind.UnknownFunction, found);
        }

        private static string Join(IReadOnlyList<string> functions)
        {
            if (functions.Count > MaxNames) return $"{string.Join(", ", functions.Take(MaxNames))} and {functions.Count - MaxNames} more";
            return $"{string.Join(", ", functions.SkipLast(1))} or {functions[^1]}";
        }
    }
}
