using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Writing;

/// <summary>Delivers several records to their targets: those for the same log file with one write and one sync.</summary>
/// <remarks>
/// Fast on purpose: a hundred changed rows are a hundred records, and a system call for each costs more than everything else. The
/// benchmark <c>ef</c> shows it. Records with a plugin's target are delivered one by one, in order.
/// </remarks>
internal sealed class BatchDelivery(Delivery delivery)
{
    private readonly RecordBufferPool _buffers = new();

    /// <summary>Returns true if all records are stored. Records whose failure the caller must report are added to <paramref name="missed"/>.</summary>
    public async ValueTask<bool> Write(RouteTable table, IReadOnlyList<BatchRecord> records, List<BatchRecord> missed, bool isAsync)
    {
        var pieces = new List<FileBatch>(1);
        var waiting = new List<BatchRecord>(records.Count);
        bool areStored = true;
        long start = delivery.StartTiming();
        foreach (BatchRecord record in records)
        {
            if (record.Route.IsForFiles)
            {
                waiting.Add(record);
                if (!AddTo(pieces, record)) continue;
            }
            // Earlier records must be in the file first.
            await Write(pieces, isAsync).ConfigureAwait(false);
            areStored &= Settle(table, waiting, missed);
            if (!record.Route.IsForFiles) areStored &= await WriteSingle(table, record, missed, isAsync).ConfigureAwait(false);
        }
        await Write(pieces, isAsync).ConfigureAwait(false);
        areStored &= Settle(table, waiting, missed);
        // Each of them took as long as the batch; records with other targets were measured individually.
        foreach (BatchRecord record in records)
        {
            if (record.Route.IsForFiles) delivery.StopTiming(start, record.Route);
        }
        return areStored;
    }

    // Returns true if it is time to write.
    private bool AddTo(List<FileBatch> pieces, BatchRecord record)
    {
        bool isFull = false;
        foreach (RouteTarget stop in record.Route.Targets)
        {
            if (Delivery.RefusalOf(record.Route, stop) is { } refusal)
            {
                NoteFailure(record, stop, WriteFailure.Of(record.Route.Function.Name, AuditWriteStage.Write, refusal));
                continue;
            }
            var target = (FileTarget)stop.Target;
            FileBatch? piece = pieces.Find(known => known.File == target.File);
            if (piece is null) pieces.Add(piece = new FileBatch(target.File, _buffers.Rent()));
            try
            {
                piece.Add(record, stop, target);
            }
            catch (Exception failure)
            {
                NoteFailure(record, stop, WriteFailure.Of(record.Route.Function.Name, AuditWriteStage.Format, failure));
            }
            isFull |= piece.IsFull;
        }
        return isFull;
    }

    private async ValueTask Write(List<FileBatch> pieces, bool isAsync)
    {
        foreach (FileBatch piece in pieces)
        {
            Exception? failure;
            try
            {
                failure = await piece.Write(isAsync).ConfigureAwait(false);
            }
            catch (Exception cause)
            {
                failure = cause;
            }
            foreach (var (record, stop, end) in piece.Records)
            {
                if (end <= piece.Stored) delivery.Succeeded(record.Route, stop);
                else NoteFailure(record, stop, Describe(record.Route, stop, failure!));
            }
            _buffers.Return(piece.Bytes);
        }
        pieces.Clear();
    }

    // Every failed target tries its fallbacks; the caller gets the first failure that no fallback handled.
    private void NoteFailure(BatchRecord record, RouteTarget stop, WriteFailure cause)
    {
        WriteFailure? missed = delivery.Failed(record.Route, stop, record.View, cause);
        record.Failure ??= missed;
    }

    private static WriteFailure Describe(Route route, RouteTarget stop, Exception failure) => failure is TimeoutException late
        ? WriteFailure.Late(route.Function.Name, stop.Monitor.Name, route.Timeout, late)
        : WriteFailure.Of(route.Function.Name, AuditWriteStage.Target, failure);

    private bool Settle(RouteTable table, List<BatchRecord> records, List<BatchRecord> missed)
    {
        bool areStored = true;
        foreach (BatchRecord record in records) areStored &= Keep(record, delivery.Settle(table, record.Route, record.View, record.Failure), missed);
        records.Clear();
        return areStored;
    }

    private async ValueTask<bool> WriteSingle(RouteTable table, BatchRecord record, List<BatchRecord> missed, bool isAsync)
    {
        DeliveryResult result = isAsync
            ? await delivery.WriteAsync(table, record.Route, record.View).ConfigureAwait(false)
            : delivery.Write(table, record.Route, record.View);
        return Keep(record, result, missed);
    }

    private static bool Keep(BatchRecord record, DeliveryResult result, List<BatchRecord> missed)
    {
        record.Failure = result.Failure;
        if (result.Failure is not null) missed.Add(record);
        return result.IsStored;
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
