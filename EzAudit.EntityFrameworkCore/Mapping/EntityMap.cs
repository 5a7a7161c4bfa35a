using System.Collections.Concurrent;
using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>Maps the changes of one entity to what they mean to the application, in addition to the changes of its rows.</summary>
internal sealed class EntityMap(Type entity)
{
    private readonly List<(string Function, Func<IReadOnlyList<CapturedEntry>, IEnumerable<MappedChange>> Read)> _rules = [];
    private readonly ConcurrentDictionary<(string Function, Type Failure), bool> _reported = new();

    public void Add(string function, Func<IReadOnlyList<CapturedEntry>, IEnumerable<MappedChange>> read) => _rules.Add((function, read));

    public bool Takes(Type type) => entity.IsAssignableFrom(type);

    public bool IsWritten(AuditWriter writer)
    {
        foreach (var (function, _) in _rules)
        {
            if (writer.IsEnabled(function)) return true;
        }
        return false;
    }

    /// <summary>Makes the records of a group of changes. If the application's code throws, its part of the record is lost, but the save goes on.</summary>
    public List<AuditRecord> Prepare(DbContext context, IReadOnlyList<CapturedEntry> changed, AuditWriter writer)
    {
        List<AuditRecord> records = [];
        CapturedEntry[] own = [.. changed.Where(entry => entity.IsInstanceOfType(entry.Entity))];
        if (own.Length == 0) return records;
        foreach (var (function, read) in _rules)
        {
            if (!writer.IsEnabled(function)) continue;
            foreach (MappedChange change in Changes(read, own))
            {
                AuditField[]? fields = change.Fields();
                foreach (Exception failure in change.Failures) Report(context, function, failure);
                if (fields is not null && writer.Prepare(function, fields) is { } record) records.Add(record);
            }
        }
        return records;
    }

    private static IReadOnlyList<MappedChange> Changes(Func<IReadOnlyList<CapturedEntry>, IEnumerable<MappedChange>> read, CapturedEntry[] own)
    {
        try
        {
            return [.. read(own)];
        }
        catch (Exception failure)
        {
            return [new MappedChange(own, () => throw failure)];
        }
    }

    // Such code usually fails on every save.
    private void Report(DbContext context, string function, Exception failure)
    {
        if (_reported.TryAdd((function, failure.GetType()), true)) MappingLog.Unreadable(context, function, failure);
    }
}
