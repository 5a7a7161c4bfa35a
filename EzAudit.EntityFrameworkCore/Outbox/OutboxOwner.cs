using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A writer as the owner of outbox rows. It holds a lock while its process lives, so that no one else touches its rows.</summary>
/// <remarks>
/// The operating system's lock on a file next to the log files ends with the process, no matter how the process ends. A clock cannot decide
/// who is dead: a process that was only paused would then write records that another one has written in the meantime.
/// </remarks>
internal sealed class OutboxOwner : IDisposable
{
    private const int RowsInAStatement = 64;

    private static readonly ConditionalWeakTable<AuditWriter, OutboxOwner> Owners = [];

    private readonly AuditWriter _writer;
    private readonly OwnerLock _lock;

    private OutboxOwner(AuditWriter writer)
    {
        _writer = writer;
        LogDirectory = writer.LogDirectory;
        Log = $"{Environment.MachineName}:{LogDirectory}";
        _lock = OwnerLock.Create(LogDirectory);
        _lock.Sweep();
        OutboxHealth.Of(writer).Rows = Rows;
    }

    public string Id => _lock.Owner;

    /// <summary>The state of the owner's rows.</summary>
    public OwnRows Rows { get; } = new();

    /// <summary>The log's name in rows: its host and directory.</summary>
    public string Log { get; }

    public string LogDirectory { get; }

    /// <summary>The owner for a writer; <see langword="null"/> if the writer has not stored anything.</summary>
    public static OutboxOwner? Find(AuditWriter writer) => Owners.TryGetValue(writer, out OutboxOwner? owner) ? owner : null;

    public static OutboxOwner Of(AuditWriter writer) => Owners.GetValue(writer, static writer => new OutboxOwner(writer));

    /// <summary>Stores records in the transaction of the table's context, and returns them in the form in which they must be written.</summary>
    public async ValueTask<(IReadOnlyList<AuditRecord> Marked, StoredRecords Stored)> Store(OutboxTable table, IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        string id = Guid.CreateVersion7(_writer.TimeProvider.GetUtcNow()).ToString("N");
        AuditRecord[] marked = [.. records.Select((record, number) => ChangeId.Mark(record, id, number))];
        await table.Add(new OutboxRow { Id = id, Log = Log, Owner = Id, Records = RecordText.Of(marked) }, isAsync).ConfigureAwait(false);
        return (marked, new StoredRecords(Rows, id, table.Database));
    }

    /// <summary>Deletes rows whose records are written, once the records are on disk.</summary>
    /// <returns>False if the rows stay, because the records may not be on disk yet.</returns>
    public async ValueTask<bool> Remove(OutboxTable table, IReadOnlyList<string> ids, bool isAsync)
    {
        if (ids.Count == 0) return true;
        try
        {
            _writer.Flush();
        }
        catch (AuditWriteException)
        {
            // The writer's health has the reason.
            return false;
        }
        foreach (string[] some in ids.Chunk(RowsInAStatement))
        {
            await table.Remove(some, isAsync).ConfigureAwait(false);
            Rows.Deleted(some);
        }
        return true;
    }

    /// <summary>Releases the lock, so that others can take over the remaining rows.</summary>
    public void Dispose()
    {
        Owners.Remove(_writer);
        _lock.Dispose();
    }
}
