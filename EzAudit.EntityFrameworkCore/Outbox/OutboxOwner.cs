using System.Collections.Concurrent;
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
    // A row is kept until so many can go at once: to delete each by itself would be one more commit, and one more sync, for each commit.
    private const int RowsAtOnce = 64;

    private static readonly ConditionalWeakTable<AuditWriter, OutboxOwner> Owners = [];

    private readonly AuditWriter _writer;
    private readonly OwnerLock _lock;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _doubtful = new(StringComparer.Ordinal);

    private OutboxOwner(AuditWriter writer)
    {
        _writer = writer;
        LogDirectory = writer.LogDirectory;
        Log = $"{Environment.MachineName}:{LogDirectory}";
        _lock = OwnerLock.Create(LogDirectory);
        _lock.Sweep();
    }

    public string Id => _lock.Owner;

    /// <summary>The log as rows name it: its host and directory.</summary>
    public string Log { get; }

    public string LogDirectory { get; }

    public static OutboxOwner Of(AuditWriter writer) => Owners.GetValue(writer, static writer => new OutboxOwner(writer));

    /// <summary>Stores records in the transaction that the table's context is in, and gives them as they are to be written.</summary>
    public async ValueTask<(IReadOnlyList<AuditRecord> Marked, StoredRecords Stored)> Store(OutboxTable table, IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        string id = Guid.CreateVersion7().ToString("N");
        AuditRecord[] marked = [.. records.Select((record, number) => ChangeId.Mark(record, id, number))];
        await table.Add(new OutboxRow { Id = id, Log = Log, Owner = Id, Records = RecordText.Of(marked) }, isAsync).ConfigureAwait(false);
        if (Of(_written, table.Database).Count >= RowsAtOnce) await RemoveWritten(table, isAsync).ConfigureAwait(false);
        return (marked, new StoredRecords(this, table.Database, id));
    }

    public void Written(string database, string id, bool isWhole) => Of(isWhole ? _written : _doubtful, database).Enqueue(id);

    /// <summary>Deletes the rows whose records are written, once these are on disk. If it is rolled back, the next start deletes them.</summary>
    public async ValueTask RemoveWritten(OutboxTable table, bool isAsync)
    {
        List<string> ids = Take(_written, table.Database);
        if (ids.Count == 0) return;
        try
        {
            _writer.Flush();
        }
        catch (AuditWriteException)
        {
            // Not on disk for sure: they stay until they are. The writer's health says what is wrong.
            foreach (string id in ids) Written(table.Database, id, isWhole: true);
            return;
        }
        foreach (string[] some in ids.Chunk(RowsAtOnce)) await table.Remove(some, isAsync).ConfigureAwait(false);
    }

    /// <summary>The ids of own rows whose records may not, or not all, be written.</summary>
    public IReadOnlyList<string> TakeDoubtful(string database) => Take(_doubtful, database);

    /// <summary>Lets others have what is left.</summary>
    public void Dispose()
    {
        Owners.Remove(_writer);
        _lock.Dispose();
    }

    private static ConcurrentQueue<string> Of(ConcurrentDictionary<string, ConcurrentQueue<string>> ids, string database) =>
        ids.GetOrAdd(database, static _ => new ConcurrentQueue<string>());

    private static List<string> Take(ConcurrentDictionary<string, ConcurrentQueue<string>> ids, string database)
    {
        var taken = new List<string>();
        ConcurrentQueue<string> queue = Of(ids, database);
        while (queue.TryDequeue(out string? id)) taken.Add(id);
        return taken;
    }
}
