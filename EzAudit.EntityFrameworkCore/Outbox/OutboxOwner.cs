using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>A writer as the owner of rows in outboxes: as long as its process lives it holds a lock, and nobody else touches them.</summary>
/// <remarks>
/// The lock is the operating system's, on a file beside the log files, so that it ends with the process, however that ends. No clock decides
/// who is dead: a process that was only stopped for a while would otherwise write what another one has written meanwhile.
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

    /// <summary>What it knows of its rows.</summary>
    public OwnRows Rows { get; } = new();

    /// <summary>The log as rows name it: its host and directory.</summary>
    public string Log { get; }

    public string LogDirectory { get; }

    /// <summary>The owner that a writer is, if it has stored anything.</summary>
    public static OutboxOwner? Find(AuditWriter writer) => Owners.TryGetValue(writer, out OutboxOwner? owner) ? owner : null;

    public static OutboxOwner Of(AuditWriter writer) => Owners.GetValue(writer, static writer => new OutboxOwner(writer));

    /// <summary>Stores records in the transaction that the table's context is in, and gives them as they are to be written.</summary>
    public async ValueTask<(IReadOnlyList<AuditRecord> Marked, StoredRecords Stored)> Store(OutboxTable table, IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        string id = Guid.CreateVersion7().ToString("N");
        AuditRecord[] marked = [.. records.Select((record, number) => ChangeId.Mark(record, id, number))];
        await table.Add(new OutboxRow { Id = id, Log = Log, Owner = Id, Records = RecordText.Of(marked) }, isAsync).ConfigureAwait(false);
        return (marked, new StoredRecords(Rows, id, table.Database));
    }

    /// <summary>Deletes rows whose records are written, once these are on disk.</summary>
    public async ValueTask Remove(OutboxTable table, IReadOnlyList<string> ids, bool isAsync)
    {
        if (ids.Count == 0) return;
        try
        {
            _writer.Flush();
        }
        catch (AuditWriteException)
        {
            // They may not be on disk: they stay until they are. The writer's health says what is wrong.
            return;
        }
        foreach (string[] some in ids.Chunk(RowsInAStatement))
        {
            await table.Remove(some, isAsync).ConfigureAwait(false);
            Rows.Deleted(some);
        }
    }

    /// <summary>Lets others have what is left.</summary>
    public void Dispose()
    {
        Owners.Remove(_writer);
        _lock.Dispose();
    }
}
