using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>The numbered records found in a log file and its rotated files.</summary>
internal sealed class Survey
{
    private readonly Dictionary<string, int> _whole = [];
    private readonly List<string> _broken = [];

    /// <summary>How often each id occurs as a whole record.</summary>
    public IReadOnlyDictionary<string, int> Whole => _whole;

    /// <summary>Torn pieces that the reader reports as such: parts of records that were never acknowledged.</summary>
    public int Torn { get; private set; }

    public int Glued { get; private set; }

    /// <summary>What must not occur: damaged records that look whole, and bytes that no process wrote.</summary>
    public IReadOnlyList<string> Broken => _broken;

    /// <summary>Surveys all files in these directories whose names start with a prefix.</summary>
    public static Survey Of(string fileName, params IEnumerable<string> directories)
    {
        var survey = new Survey();
        foreach (string directory in directories.Where(Directory.Exists))
        {
            foreach (string path in Directory.EnumerateFiles(directory, fileName + "*")) survey.Read(path);
        }
        return survey;
    }

    /// <summary>Combines two surveys.</summary>
    public Survey And(Survey other)
    {
        foreach (var (id, count) in other._whole) _whole[id] = _whole.GetValueOrDefault(id) + count;
        _broken.AddRange(other._broken);
        Torn += other.Torn;
        Glued += other.Glued;
        return this;
    }

    private void Read(string path)
    {
        ReadBack read = ReadBack.Of(path);
        foreach (AuditFoundRecord item in read.Records)
        {
            if (NumberedRecord.WholeId(item.Record) is { } id) _whole[id] = _whole.GetValueOrDefault(id) + 1;
            else _broken.Add($"{path} at {item.Offset}: a record that is not whole: {item.Record[NumberedRecord.IdField]}");
        }
        foreach (AuditLogProblem problem in read.Problems)
        {
            if (problem.Kind is AuditLogProblemKind.TornRecord or AuditLogProblemKind.TornTail) Torn++;
            else if (problem.Kind == AuditLogProblemKind.GluedRecord) Glued++;
            else _broken.Add(problem.ToString());
        }
    }
}
