using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Appending;

namespace EzAudit.Writing;

/// <summary>The records of a batch that go to the same log file, back to back, to be written with one call.</summary>
/// <param name="file">The log file.</param>
/// <param name="bytes">The buffer for the records.</param>
internal sealed class FileBatch(LogFile file, RecordBuffer bytes)
{
    // Larger batches need several calls, so that a file does not exceed its rotation size by a whole batch.
    private const int MaxBytes = 1 << 20;

    private readonly List<(BatchRecord Record, RouteTarget Target, int End)> _records = [];
    private AuditDurability _durability = AuditDurability.Queue;
    private TimeSpan _timeout;

    public LogFile File => file;

    public RecordBuffer Bytes => bytes;

    public IReadOnlyList<(BatchRecord Record, RouteTarget Target, int End)> Records => _records;

    public bool IsFull => bytes.Written.Length >= MaxBytes;

    /// <summary>How many of the bytes are stored.</summary>
    public int Stored { get; private set; }

    /// <summary>Formats and adds a record. If formatting fails, nothing is added.</summary>
    public void Add(BatchRecord record, RouteTarget target)
    {
        int start = bytes.Written.Length;
        try
        {
            target.Format.Write(record.View, bytes);
        }
        catch
        {
            bytes.Cut(start);
            throw;
        }
        _records.Add((record, target, bytes.Written.Length));
        // The strictest durability applies to all.
        if (record.Route.Durability < _durability) _durability = record.Route.Durability;
        if (record.Route.Timeout > _timeout) _timeout = record.Route.Timeout;
    }

    /// <summary>Stores the records with the required durability.</summary>
    /// <returns>Why not all records are stored, if it is known which are.</returns>
    /// <exception cref="StorageException">The records after the stored ones are not stored, or may not be.</exception>
    public async ValueTask<StorageException?> Write(bool isAsync)
    {
        if (_durability == AuditDurability.Queue)
        {
            Enqueue();
            return null;
        }
        AppendResult result = file.AppendAll(bytes.Written, _timeout);
        if (_durability == AuditDurability.Disk && result is { Count: > 0, File: { } written })
        {
            if (isAsync) await written.SyncThroughAsync(result.End).WaitAsync(_timeout).ConfigureAwait(false);
            else written.SyncThrough(result.End, _timeout);
        }
        Stored = result.Count;
        return result.Failure;
    }

    // Queued one by one, so that a loss counts records. The worker still writes them together.
    private void Enqueue()
    {
        foreach (var (_, _, end) in _records)
        {
            file.Append(bytes.Written[Stored..end], AuditDurability.Queue, _timeout);
            Stored = end;
        }
    }
}
