using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>The changes of one <c>SaveChanges</c>: captured before its first command, and read once EF has the values that the database generated.</summary>
internal sealed class CapturedChanges
{
    private readonly List<CapturedEntry> _entries = [];
    private readonly List<IUpdateEntry> _tracked = [];
    private readonly AuditEntityOptions _options;
    private readonly HashSet<object> _unrecorded = new(ReferenceEqualityComparer.Instance);

    private CapturedChanges(AuditEntityOptions options) => _options = options;

    /// <summary>Captures the entries of the change tracker. Call it after EF has detected changes; this does not detect them again.</summary>
    public static CapturedChanges Of(IEnumerable<IUpdateEntry> tracked, AuditEntityOptions options)
    {
        var changes = new CapturedChanges(options);
        foreach (IUpdateEntry entry in tracked)
        {
            if (entry.EntityState is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            if (options.Maps.Count > 0) changes._tracked.Add(entry);
            changes.Add(entry);
        }
        return changes;
    }

    /// <summary>The records of changed rows whose functions are turned on.</summary>
    /// <param name="writer">Where records go.</param>
    /// <param name="run">The commands that have run; null if all have.</param>
    public List<AuditRecord> PrepareRows(AuditWriter writer, RunCommands? run = null)
    {
        var records = new List<AuditRecord>(_entries.Count);
        foreach (CapturedEntry entry in _entries)
        {
            if (run is null || run.Wrote(entry)) entry.Saved();
        }
        foreach (RowChange row in Rows(run))
        {
            if (!row.IsEmpty && writer.IsEnabled(row.Function) && writer.Prepare(row.Function, row.Fields()) is { } record) records.Add(record);
        }
        return records;
    }

    /// <summary>The records of what the changes mean to the application.</summary>
    /// <param name="context">The context.</param>
    /// <param name="writer">Where records go.</param>
    /// <param name="run">The commands that have run; null if all have.</param>
    public List<AuditRecord> PrepareMapped(DbContext context, AuditWriter writer, RunCommands? run = null)
    {
        if (_options.Maps.Count == 0) return [];
        CapturedEntry[] saved = run is null ? [.. _entries] : [.. _entries.Where(run.Wrote)];
        // The application's code may follow references to other entities.
        using GeneratedValues values = GeneratedValues.Put(_tracked);
        return [.. _options.Maps.SelectMany(map => map.Prepare(context, saved, writer))];
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

    private IEnumerable<RowChange> Rows(RunCommands? run)
    {
        Dictionary<RowKey, RowChange>? shared = null;
        foreach (CapturedEntry entry in _entries)
        {
            if (_unrecorded.Contains(entry)) continue;
            foreach (RowChange row in entry.Rows())
            {
                if (run is not null && !run.Wrote(entry, row.Table)) continue;
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
