using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Appending;

namespace EzAudit.Writing;

/// <summary>Delivers several records to their targets: those for the same log file with one write and one sync.</summary>
/// <remarks>
/// Fast on purpose: a hundred changed rows are a hundred records, and a system call for each costs more than everything else. The
/// benchmark <c>ef</c> shows it. Records with a plugin's target are delivered one by one, in order.
/// </remarks>
internal sealed class BatchDelivery(Delivery delivery)
{
    /// <summary>Returns true if all records are stored. Records whose failure the caller must report are added to <paramref name="failed"/>.</summary>
    public async ValueTask<bool> Write(RouteTable table, IReadOnlyList<BatchRecord> records, List<BatchRecord> failed, bool isAsync)
    {
        var batches = new List<FileBatch>(1);
        var pending = new List<BatchRecord>(records.Count);
        bool areStored = true;
        long start = delivery.StartTiming();
        foreach (BatchRecord record in records)
        {
            if (record.Route.HasOnlyFiles)
            {
                pending.Add(record);
                if (!AddTo(batches, record)) continue;
            }
            // Earlier records must be in the file first.
            await Write(batches, isAsync).ConfigureAwait(false);
            areStored &= ApplyFailurePolicies(table, pending, failed);
            if (!record.Route.HasOnlyFiles) areStored &= await WriteSingle(table, record, failed, isAsync).ConfigureAwait(false);
        }
        await Write(batches, isAsync).ConfigureAwait(false);
        areStored &= ApplyFailurePolicies(table, pending, failed);
        // Each of them took as long as the batch; records with other targets were measured individually.
        foreach (BatchRecord record in records)
        {
            if (record.Route.HasOnlyFiles) delivery.StopTiming(start, record.Route);
        }
        return areStored;
    }

    // Returns true if it is time to write.
    private bool AddTo(List<FileBatch> batches, BatchRecord record)
    {
        bool isFull = false;
        foreach (RouteTarget target in record.Route.Targets)
        {
            if (TargetWriter.RefusalOf(record.Route, target) is { } refusal)
            {
                NoteFailure(record, target, WriteFailure.Of(record.Route.Function.Name, AuditWriteStage.Write, refusal));
                continue;
            }
            FileBatch? batch = batches.Find(known => known.File == target.File);
            if (batch is null) batches.Add(batch = new FileBatch(target.File!, RecordBuffer.Rent()));
            try
            {
                batch.Add(record, target);
            }
            catch (Exception failure)
            {
                NoteFailure(record, target, WriteFailure.Of(record.Route.Function.Name, AuditWriteStage.Format, failure));
            }
            isFull |= batch.IsFull;
        }
        return isFull;
    }

    private async ValueTask Write(List<FileBatch> batches, bool isAsync)
    {
        foreach (FileBatch batch in batches)
        {
            Exception? failure;
            try
            {
                failure = await batch.Write(isAsync).ConfigureAwait(false);
            }
            catch (Exception cause)
            {
                failure = cause;
            }
            foreach (var (record, target, end) in batch.Records)
            {
                if (end <= batch.Stored) delivery.Succeeded(record.Route, target);
                else NoteFailure(record, target, Describe(record.Route, target, failure!));
            }
            batch.Bytes.Return();
        }
        batches.Clear();
    }

    // Every failed target tries its fallbacks; the caller gets the first failure that no fallback handled.
    private void NoteFailure(BatchRecord record, RouteTarget target, WriteFailure cause)
    {
        WriteFailure? unhandled = delivery.Failed(record.Route, target, record.View, cause);
        record.Failure ??= unhandled;
    }

    private static WriteFailure Describe(Route route, RouteTarget target, Exception failure) => failure is TimeoutException late
        ? WriteFailure.Late(route.Function.Name, target.Monitor.Name, route.Timeout, late)
        : WriteFailure.Of(route.Function.Name, AuditWriteStage.Target, failure);

    private bool ApplyFailurePolicies(RouteTable table, List<BatchRecord> records, List<BatchRecord> failed)
    {
        bool areStored = true;
        foreach (BatchRecord record in records) areStored &= SetOutcome(record, delivery.ApplyFailurePolicy(table, record.Route, record.View, record.Failure), failed);
        records.Clear();
        return areStored;
    }

    private async ValueTask<bool> WriteSingle(RouteTable table, BatchRecord record, List<BatchRecord> failed, bool isAsync)
    {
        DeliveryResult result = isAsync
            ? await delivery.WriteAsync(table, record.Route, record.View).ConfigureAwait(false)
            : delivery.Write(table, record.Route, record.View);
        return SetOutcome(record, result, failed);
    }

    private static bool SetOutcome(BatchRecord record, DeliveryResult result, List<BatchRecord> failed)
    {
        record.Failure = result.Failure;
        if (result.Failure is not null) failed.Add(record);
        return result.IsStored;
    }

    /// <summary>The records of a batch that go to the same log file, back to back, to be written with one call.</summary>
    /// <param name="file">The log file.</param>
    /// <param name="bytes">The buffer for the records.</param>
    private sealed class FileBatch(LogFile file, RecordBuffer bytes)
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
}

/// <summary>A record of a batch, with its route and its outcome so far.</summary>
/// <param name="table">The table that contains the route.</param>
/// <param name="route">The route of the record.</param>
/// <param name="record">The record.</param>
/// <param name="place">Its index in the batch.</param>
internal sealed class BatchRecord(RouteTable table, Route route, AuditRecord record, int place)
{
    public Route Route => route;

    public AuditRecord Record => record;

    public int Place => place;

    public AuditRecordView View => table.View(route, record);

    /// <summary>Why a target did not store the record, and finally what the caller must report; <see langword="null"/> while nothing failed.</summary>
    public WriteFailure? Failure { get; set; }
}
