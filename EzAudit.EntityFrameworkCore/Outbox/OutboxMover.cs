using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>
/// Writes what outboxes still hold: rows whose writing failed here, and those of processes that are dead. What the log has already, it
/// does not write again.
/// </summary>
internal sealed class OutboxMover(AuditWriter writer, OutboxTable table)
{
    private readonly OutboxOwner _owner = OutboxOwner.Of(writer);

    /// <summary>Rows of other hosts and log directories.</summary>
    public ForeignRows ForeignRows => table.ForeignRows(_owner.Log);

    /// <summary>Moves what there is, and deletes it where it is on disk.</summary>
    /// <returns>How many records it wrote.</returns>
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

    // A row that can be seen here is committed. Where nobody is writing it, nobody was told of the commit, or the writing failed.
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
                // It stays in the outbox and is tried again; the writer's health says what is wrong.
                return (written, false);
            }
        }
        return (written, true);
    }

    // Times are written in whole seconds, and a clock may have been put back since: a day is what the search itself allows for.
    private HashSet<string> Known(AuditRecord[][] records)
    {
        AuditRecord[] all = [.. records.SelectMany(record => record)];
        var query = new AuditQuery { Functions = [.. all.Select(record => record.Function!).Distinct()], Since = all.Min(record => record.Time).AddDays(-1) };
        using AuditLog log = AuditLog.Of(writer);
        // Nobody looks at what is found.
        log.RecordsReadings = false;
        return [.. log.Search(query).Where(found => !found.IsDoubtful).Select(found => found.Record[ChangeId.Field]).OfType<string>()];
    }
}
