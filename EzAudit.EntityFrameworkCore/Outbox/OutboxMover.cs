using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>
/// Writes the records that are still in an outbox: from rows that this process could not write, and from rows of dead processes. Skips
/// records that the log already has.
/// </summary>
internal sealed class OutboxMover(AuditWriter writer, OutboxTable table)
{
    private readonly OutboxOwner _owner = OutboxOwner.Of(writer);

    /// <summary>The rows of other hosts and log directories.</summary>
    public ForeignRows ForeignRows => table.ForeignRows(_owner.Log);

    /// <summary>Moves the rows to the log and deletes those whose records are on disk.</summary>
    /// <returns>The number of records written.</returns>
    public async ValueTask<int> Move(bool isAsync)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int moved = await MoveOwn(seen, isAsync).ConfigureAwait(false);
        foreach (string owner in table.OwnersOf(_owner.Log))
        {
            if (owner == _owner.Id || OwnerLock.TryTakeOver(_owner.LogDirectory, owner) is not { } taken) continue;
            IReadOnlyList<OutboxRow> rows = table.RowsOf(owner, _owner.Log);
            seen.UnionWith(rows.Select(row => row.Id));
            using (taken) moved += await Move(rows, isAsync).ConfigureAwait(false);
        }
        _owner.Rows.Gone(table.Database, seen);
        return moved;
    }

    // A row that is visible here is committed. If no one is writing it, the commit went unnoticed or writing failed.
    private async ValueTask<int> MoveOwn(HashSet<string> seen, bool isAsync)
    {
        IReadOnlyList<OutboxRow> rows = table.RowsOf(_owner.Id, _owner.Log);
        seen.UnionWith(rows.Select(row => row.Id));
        int moved = await Move([.. rows.Where(row => !_owner.Rows.IsWritten(row.Id))], isAsync).ConfigureAwait(false);
        await _owner.Remove(table, [.. rows.Select(row => row.Id).Where(_owner.Rows.IsWritten)], isAsync).ConfigureAwait(false);
        return moved;
    }

    private async ValueTask<int> Move(IReadOnlyList<OutboxRow> rows, bool isAsync)
    {
        OutboxRow[] taken = [.. rows.Where(row => _owner.Rows.TryTake(row.Id))];
        if (taken.Length == 0) return 0;
        var whole = new List<string>();
        int moved;
        try
        {
            moved = Write(taken, whole);
        }
        finally
        {
            foreach (OutboxRow row in taken) _owner.Rows.Done(row.Id, table.Database, whole.Contains(row.Id));
        }
        await _owner.Remove(table, whole, isAsync).ConfigureAwait(false);
        return moved;
    }

    private int Write(OutboxRow[] rows, List<string> whole)
    {
        AuditRecord[][] records = [.. rows.Select(row => RecordText.Read(row.Records).ToArray())];
        HashSet<string> known = Known(records);
        int moved = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            (int written, bool isWhole) = Write(records[i], known);
            moved += written;
            if (isWhole) whole.Add(rows[i].Id);
        }
        return moved;
    }

    private (int Written, bool IsWhole) Write(AuditRecord[] records, HashSet<string> known)
    {
        int written = 0;
        foreach (AuditRecord record in records)
        {
            if (record[ChangeId.Field] is { } id && known.Contains(id)) continue;
            try
            {
                if (!writer.WriteAudit(record)) return (written, false);
                written++;
            }
            catch (AuditWriteException)
            {
                // The record stays in the outbox and is tried again. The writer's health has the reason.
                return (written, false);
            }
        }
        return (written, true);
    }

    // Times are written in whole seconds, and the clock may have been set back since. A day is the margin that the search itself uses.
    private HashSet<string> Known(AuditRecord[][] records)
    {
        AuditRecord[] all = [.. records.SelectMany(record => record)];
        var query = new AuditQuery { Functions = [.. all.Select(record => record.Function!).Distinct()], Since = all.Min(record => record.Time).AddDays(-1) };
        // No user sees the search results, so the search is not recorded as a reading.
        using AuditLogReader log = AuditLogReader.Open(writer, new AuditLogReaderOptions { RecordsReadings = false });
        return [.. log.Search(query).Where(found => !found.IsDoubtful).Select(found => found.Record[ChangeId.Field]).OfType<string>()];
    }
}
