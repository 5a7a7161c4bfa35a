using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>The changes of one <c>SaveChanges</c>: caught before its first command, told when the database has given its values.</summary>
internal sealed class CapturedChanges
{
    private readonly List<CapturedEntry> _entries = [];
    private readonly AuditEntityOptions _options;
    private readonly HashSet<object> _unrecorded = new(ReferenceEqualityComparer.Instance);

    private CapturedChanges(AuditEntityOptions options) => _options = options;

    /// <summary>Catches what the change tracker holds. To be called when EF has detected changes; they are not looked for again.</summary>
    public static CapturedChanges Of(IEnumerable<IUpdateEntry> tracked, AuditEntityOptions options)
    {
        var changes = new CapturedChanges(options);
        foreach (IUpdateEntry entry in tracked)
        {
            if (entry.EntityState is EntityState.Added or EntityState.Modified or EntityState.Deleted) changes.Add(entry);
        }
        return changes;
    }

    /// <summary>The records of the changed rows that are written.</summary>
    public List<AuditRecord> PrepareRows(AuditWriter writer)
    {
        var records = new List<AuditRecord>(_entries.Count);
        foreach (CapturedEntry entry in _entries) entry.Saved();
        foreach (RowChange row in Rows())
        {
            if (!row.IsEmpty && writer.IsWritten(row.Function) && writer.Prepare(row.Function, row.Fields()) is { } record) records.Add(record);
        }
        return records;
    }

    /// <summary>The records of what the changes mean to the application.</summary>
    public List<AuditRecord> PrepareMapped(AuditWriter writer)
    {
        var records = new List<AuditRecord>();
        foreach (EntityMap map in _options.Maps) map.Prepare(_entries, writer, records);
        return records;
    }

    private void Add(IUpdateEntry entry)
    {
        EntityPlan plan = EntityPlan.Of(entry.EntityType);
        bool isRecorded = plan.IsAudited(_options.OnlyMarked);
        if (!isRecorded && !_options.Maps.Any(map => map.Takes(entry.EntityType.ClrType))) return;
        var captured = new CapturedEntry(entry, plan);
        _entries.Add(captured);
        if (!isRecorded) _unrecorded.Add(captured);
    }

    private IEnumerable<RowChange> Rows()
    {
        Dictionary<RowKey, RowChange>? shared = null;
        foreach (CapturedEntry entry in _entries)
        {
            if (_unrecorded.Contains(entry)) continue;
            foreach (RowChange row in entry.Rows())
            {
                if (!entry.Plan.SharesRows) yield return row;
                else Share(shared ??= [], row);
            }
        }
        if (shared is null) yield break;
        foreach (RowChange row in shared.Values)
        {
            row.Settle();
            yield return row;
        }
    }

    private static void Share(Dictionary<RowKey, RowChange> shared, RowChange row)
    {
        RowKey key = row.Key;
        if (shared.TryGetValue(key, out RowChange? known)) known.Merge(row);
        else shared.Add(key, row);
    }
}
