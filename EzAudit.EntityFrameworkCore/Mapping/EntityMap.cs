using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>What the changes of one entity mean to the application, beside being changes of rows.</summary>
internal sealed class EntityMap(Type entity)
{
    private readonly List<(string Function, Func<IReadOnlyList<CapturedEntry>, IEnumerable<AuditField[]>> Read)> _rules = [];

    public void Add(string function, Func<IReadOnlyList<CapturedEntry>, IEnumerable<AuditField[]>> read) => _rules.Add((function, read));

    public bool Takes(Type type) => entity.IsAssignableFrom(type);

    public bool IsWritten(AuditWriter writer)
    {
        foreach (var (function, _) in _rules)
        {
            if (writer.IsWritten(function)) return true;
        }
        return false;
    }

    /// <summary>Makes the records of what was changed together.</summary>
    public void Prepare(IReadOnlyList<CapturedEntry> changed, AuditWriter writer, List<AuditRecord> records)
    {
        CapturedEntry[] own = [.. changed.Where(entry => entity.IsInstanceOfType(entry.Entity))];
        if (own.Length == 0) return;
        foreach (var (function, read) in _rules)
        {
            if (!writer.IsWritten(function)) continue;
            foreach (AuditField[] fields in read(own))
            {
                if (writer.Prepare(function, fields) is { } record) records.Add(record);
            }
        }
    }
}
