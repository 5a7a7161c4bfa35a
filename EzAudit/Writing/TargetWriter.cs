using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Writing;

/// <summary>Formats a record for one target and passes it on; the only place that catches what formats and targets throw.</summary>
/// <remarks>Catches every exception: .NET's file errors have several types, and a plugin's may have any.</remarks>
internal sealed class TargetWriter(AuditMeter meter)
{
    private readonly AsyncLocal<bool> _isInPlugin = new();

    /// <summary>Stores a record. Returns why it was not stored; <see langword="null"/> if it was.</summary>
    public WriteFailure? TryWrite(Route route, RouteTarget target, in AuditRecordView record, RecordBuffer buffer)
    {
        AuditWriteStage stage = AuditWriteStage.Format;
        try
        {
            Format(route, target, record, buffer);
            stage = AuditWriteStage.Target;
            if (target.File is { } file) Placed(target, file.Append(buffer.Written, route.Durability, route.Timeout), buffer);
            else WriteToPlugin(route, target, record, buffer);
            Succeeded(route, target);
            return null;
        }
        catch (Exception failure)
        {
            return Failed(route, target, WriteFailure.Of(route.Function.Name, stage, failure));
        }
    }

    /// <summary>Stores a record like <see cref="TryWrite"/>, without blocking a thread on the disk.</summary>
    /// <param name="route">The route of the record.</param>
    /// <param name="target">One of its targets.</param>
    /// <param name="record">The record; copied if the task has not completed.</param>
    /// <param name="buffer">The buffer for its bytes.</param>
    /// <param name="task">Completes when the record is stored; its result is to be passed to <see cref="Succeeded"/> or <see cref="Failed"/>, unless it has completed already.</param>
    public WriteFailure? TryStart(Route route, RouteTarget target, in AuditRecordView record, RecordBuffer buffer, out ValueTask task)
    {
        AuditWriteStage stage = AuditWriteStage.Format;
        task = ValueTask.CompletedTask;
        try
        {
            Format(route, target, record, buffer);
            stage = AuditWriteStage.Target;
            if (target.File is { } file)
            {
                task = file.AppendAsync(buffer.Written, route.Durability, route.Timeout, out FilePlace place);
                Placed(target, place, buffer);
            }
            else
            {
                task = StartInPlugin(route, target, record, buffer);
            }
            if (task.IsCompletedSuccessfully) Succeeded(route, target);
            return null;
        }
        catch (Exception failure)
        {
            return Failed(route, target, WriteFailure.Of(route.Function.Name, stage, failure));
        }
    }

    /// <summary>Must be called when a target has stored a record.</summary>
    public void Succeeded(Route route, RouteTarget target)
    {
        target.Monitor.Succeeded();
        meter.Written(route.Function.Name, target.Monitor.Name, succeeded: true);
    }

    /// <summary>Must be called when a target has not stored a record. Returns the failure.</summary>
    public WriteFailure Failed(Route route, RouteTarget target, WriteFailure failure)
    {
        meter.Written(route.Function.Name, target.Monitor.Name, succeeded: false);
        return failure;
    }

    /// <summary>Why a file must not receive a record, when its disk space is reserved for others; <see langword="null"/> if it may.</summary>
    public static StorageException? RefusalOf(Route route, RouteTarget target) =>
        route.ShortageOf(target) is { } shortage ? new StorageException(AuditWriteStage.Write, target.Monitor.Path ?? "", 0, "", shortage) : null;

    private static void Format(Route route, RouteTarget target, in AuditRecordView record, RecordBuffer buffer)
    {
        if (RefusalOf(route, target) is { } refusal) throw refusal;
        buffer.Hold(record, target.Format);
    }

    // The targets that follow can say where the ledger has the record, if their format is the same.
    private static void Placed(RouteTarget target, FilePlace place, RecordBuffer buffer)
    {
        if (place.File != 0 && target.Sealer?.Origin is { } ledger) buffer.Place = new AuditLedgerPlace(ledger, place.File, place.Offset);
    }

    private void WriteToPlugin(Route route, RouteTarget target, in AuditRecordView record, RecordBuffer buffer)
    {
        EnterPlugin(target);
        try
        {
            target.Plugin!.Write(buffer.Place is { } place ? record with { Place = place } : record, buffer.Written, route.Durability);
        }
        finally
        {
            _isInPlugin.Value = false;
        }
    }

    private ValueTask StartInPlugin(Route route, RouteTarget target, in AuditRecordView record, RecordBuffer buffer)
    {
        EnterPlugin(target);
        try
        {
            return target.Plugin!.WriteAsync(buffer.Place is { } place ? record with { Place = place } : record, buffer.Written, route.Durability);
        }
        finally
        {
            _isInPlugin.Value = false;
        }
    }

    // A target that writes records in its own Write would otherwise recurse forever.
    private void EnterPlugin(RouteTarget target)
    {
        if (_isInPlugin.Value) throw new AuditTargetException($"{target.Monitor.Name}: the target wrote an audit record while storing one; targets must not do that.");
        _isInPlugin.Value = true;
    }
}
