using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>
/// Writes what outboxes still hold: rows whose writing failed here, and those of processes that are dead. What the log has already, it
/// does not write again.
/// </summary>
internal sealed class OutboxMover(AuditWriter writer, OutboxTable table)
{
    private readonly OutboxOwner _owner = OutboxOwner.Of(writer);

    /// <summary>Moves what there is, and deletes it where it is on disk.</summary>
    /// <returns>How many records it wrote.</returns>
    public async ValueTask<int> Move(bool isAsync)
    {
        await _owner.RemoveWritten(table, isAsync).ConfigureAwait(false);
        int moved = await MoveOwn(isAsync).ConfigureAwait(false);
        foreach (string owner in table.OwnersOf(_owner.Log))
        {
            if (owner == _owner.Id || OwnerLock.TryTakeOver(_owner.LogDirectory, owner) is not { } taken) continue;
            using (taken) moved += await Move(table.RowsOf(owner, _owner.Log), isAsync).ConfigureAwait(false);
        }
        return moved;
    }

    private async ValueTask<int> MoveOwn(bool isAsync)
    {
        HashSet<string> doubtful = [.. _owner.TakeDoubtful(table.Database)];
        if (doubtful.Count == 0) return 0;
        return await Move([.. table.RowsOf(_owner.Id, _owner.Log).Where(row => doubtful.Contains(row.Id))], isAsync).ConfigureAwait(false);
    }

    private async ValueTask<int> Move(IReadOnlyList<OutboxRow> rows, bool isAsync)
    {
        if (rows.Count == 0) return 0;
        AuditRecord[][] records = [.. rows.Select(row => RecordText.Read(row.Records).ToArray())];
        HashSet<string> known = Known(records);
        int moved = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            (int written, bool isWhole) = Write(records[i], known);
            moved += written;
            if (rows[i].Owner == _owner.Id || isWhole) _owner.Written(table.Database, rows[i].Id, isWhole);
        }
        await _owner.RemoveWritten(table, isAsync).ConfigureAwait(false);
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
