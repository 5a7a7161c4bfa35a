using System.Diagnostics;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Writing;

/// <summary>Delivers a record to the targets of its route, and to their fallbacks where they fail; decides what a failure means to the caller.</summary>
internal sealed class Delivery(AuditMeter meter, Diagnostics diagnostics, AuditActor self)
{
    private readonly TargetWriter _writer = new(meter);

    public DeliveryResult Write(RouteTable table, Route route, in AuditRecordView record)
    {
        long start = StartTiming();
        WriteFailure? failure = null;
        RecordBuffer buffer = RecordBuffer.Rent();
        try
        {
            foreach (RouteTarget target in route.Targets)
            {
                if (_writer.TryWrite(route, target, record, buffer) is not { } cause) continue;
                WriteFailure? unhandled = OnTargetFailed(route, target, record, cause);
                failure ??= unhandled;
            }
        }
        finally
        {
            buffer.Return();
        }
        StopTiming(start, route);
        return ApplyFailurePolicy(table, route, record, failure);
    }

    /// <summary>Delivers without blocking a thread on the disk; the record is copied before the call returns.</summary>
    public ValueTask<DeliveryResult> WriteAsync(RouteTable table, Route route, in AuditRecordView record)
    {
        long start = StartTiming();
        List<(RouteTarget Target, Task Task)>? pending = null;
        WriteFailure? failure = null;
        RecordBuffer buffer = RecordBuffer.Rent();
        try
        {
            foreach (RouteTarget target in route.Targets)
            {
                WriteFailure? cause = _writer.TryStart(route, target, record, buffer, out ValueTask task);
                if (cause is null && !task.IsCompletedSuccessfully) (pending ??= []).Add((target, task.AsTask()));
                if (cause is null) continue;
                cause = OnTargetFailed(route, target, record, cause);
                failure ??= cause;
            }
        }
        finally
        {
            buffer.Return();
        }
        if (pending is null)
        {
            StopTiming(start, route);
            return new ValueTask<DeliveryResult>(ApplyFailurePolicy(table, route, record, failure));
        }
        ValueTask<DeliveryResult> finish = Finish(table, route, route.Keep(record), pending, failure);
        return start == 0 ? finish : Timed(finish, start, route);
    }

    private async ValueTask<DeliveryResult> Timed(ValueTask<DeliveryResult> write, long start, Route route)
    {
        try
        {
            return await write.ConfigureAwait(false);
        }
        finally
        {
            StopTiming(start, route);
        }
    }

    /// <summary>The start time of a write; 0 if durations are not measured.</summary>
    public long StartTiming() => meter.TimesWrites ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Measures a write that started at <paramref name="start"/>.</summary>
    public void StopTiming(long start, Route route)
    {
        if (start != 0) meter.WriteTook(Stopwatch.GetElapsedTime(start), route.Function.Name);
    }

    /// <summary>Must be called when a target has stored a record.</summary>
    public void Succeeded(Route route, RouteTarget target) => _writer.Succeeded(route, target);

    /// <summary>Must be called when a target has not stored a record; tries the fallbacks.</summary>
    /// <returns>The failure to report to the caller; <see langword="null"/> if a fallback stored the record or the target is optional.</returns>
    public WriteFailure? Failed(Route route, RouteTarget target, in AuditRecordView record, WriteFailure cause)
    {
        _writer.Failed(route, target, cause);
        return OnTargetFailed(route, target, record, cause);
    }

    /// <summary>Decides what a failure means to the caller, and records earlier losses.</summary>
    public DeliveryResult ApplyFailurePolicy(RouteTable table, Route route, in AuditRecordView record, WriteFailure? failure)
    {
        if (failure is null)
        {
            if (route.Losses.Count > 0) RecordLoss(table, route, route.Losses, record.Time, record.Address);
            if (route.HasLossy) RecordLossesOfLossy(table, route, record);
            return new DeliveryResult(true, null);
        }
        // The interrupt was meant for the caller: raise it again at the caller's next wait.
        if (failure.Cause is ThreadInterruptedException) Thread.CurrentThread.Interrupt();
        switch (route.Settings.OnFailure)
        {
            case FailurePolicy.Continue:
                route.Losses.Add(1, route.Function.Name, record.Time, failure.Message);
                meter.Lost(1, route.Function.Name);
                return new DeliveryResult(false, null);
            case FailurePolicy.Shutdown:
                // One last attempt to record the loss: in a loss file of its own, or in a fallback that works again.
                route.Losses.Add(1, route.Function.Name, record.Time, failure.Message);
                RecordLoss(table, route, route.Losses, record.Time, record.Address);
                Environment.FailFast($"EzAudit: OnFailure=shutdown. {failure.Message}", failure.Cause);
                goto default;
            default:
                return new DeliveryResult(false, failure);
        }
    }

    /// <summary>Records the losses of the route's file or its other targets, if there are any.</summary>
    public void RecordLosses(RouteTable table, Route route, DateTimeOffset time, string address)
    {
        RecordLoss(table, route, route.Losses, time, address);
        if (!route.HasLossy) return;
        foreach (RouteTarget target in route.Targets)
        {
            if (target.IsLossy) RecordLoss(table, route, target.Monitor.Losses, time, address);
        }
    }

    private void RecordLoss(RouteTable table, Route route, LossCount losses, DateTimeOffset time, string address)
    {
        if (losses.Take() is not { } loss) return;
        AuditField[] fields =
        [
            ("Function", loss.Function), ("Lost records", loss.Count), ("From", loss.From), ("To", loss.To), ("Reason", loss.Reason),
        ];
        Route own = table.FindNamed(OwnFunctions.Loss.Name) ?? route;
        // With the durability that was promised, whatever the route's own: losing the record of a loss would be silent.
        own = own with
        {
            Function = OwnFunctions.Loss,
            Settings = own.Settings with { OnFailure = FailurePolicy.Fail },
            Durability = AuditDurability.Disk,
            Losses = new LossCount(),
        };
        // While the target still fails, the next record tries again.
        if (Write(table, own, new AuditRecordView(OwnFunctions.Loss, time, address, self, table.Sanitizer.Sanitize(fields, out _))).Failure is not null) losses.Return(loss);
        else route.Targets.FirstOrDefault(target => target.Sealer is not null)?.RecordLoss(loss);
    }

    private async ValueTask<DeliveryResult> Finish(RouteTable table, Route route, AuditRecord record, List<(RouteTarget Target, Task Task)> pending, WriteFailure? failure)
    {
        foreach (var (target, task) in pending)
        {
            WriteFailure cause;
            try
            {
                await task.WaitAsync(route.Timeout).ConfigureAwait(false);
                Succeeded(route, target);
                continue;
            }
            catch (TimeoutException late)
            {
                cause = WriteFailure.Late(route.Function.Name, target.Monitor.Name, route.Timeout, late);
            }
            catch (Exception other)
            {
                cause = WriteFailure.Of(route.Function.Name, AuditWriteStage.Target, other);
            }
            WriteFailure? unhandled = Failed(route, target, table.View(route, record), cause);
            failure ??= unhandled;
        }
        return ApplyFailurePolicy(table, route, table.View(route, record), failure);
    }

    private bool TryFallbacks(Route route, RouteTarget failed, in AuditRecordView record, WriteFailure cause)
    {
        bool isRescued = false;
        RecordBuffer buffer = RecordBuffer.Rent();
        try
        {
            foreach (RouteTarget target in route.Fallback)
            {
                if (_writer.TryWrite(route, target, record, buffer) is { } fallbackFailure)
                {
                    UpdateHealth(target, fallbackFailure, isRescued: false);
                    diagnostics.Report(target.Monitor.Name, fallbackFailure, isRescued: false);
                    continue;
                }
                isRescued = true;
                break;
            }
        }
        finally
        {
            buffer.Return();
        }
        UpdateHealth(failed, cause, isRescued);
        // A shortage is reported once elsewhere, not for every record of a burst.
        if (route.ShortageOf(failed) is null) diagnostics.Report(failed.Monitor.Name, cause, isRescued);
        return isRescued;
    }

    private static void UpdateHealth(RouteTarget target, WriteFailure cause, bool isRescued)
    {
        if (cause.IsLate) target.Monitor.TimedOut(cause.Message, isRescued);
        else target.Monitor.Failed(cause.Message, isRescued);
    }

    // Returns the failure for the caller; null if a fallback stored the record or the target is optional.
    private WriteFailure? OnTargetFailed(Route route, RouteTarget target, in AuditRecordView record, WriteFailure cause)
    {
        if (TryFallbacks(route, target, record, cause)) return null;
        if (target.IsRequired) return cause;
        target.Monitor.Losses.Add(1, route.Function.Name, record.Time, cause.Message);
        meter.Lost(1, route.Function.Name);
        return null;
    }

    // Only once the target works again: before, the record of the loss would be lost as well.
    private void RecordLossesOfLossy(RouteTable table, Route route, in AuditRecordView record)
    {
        foreach (RouteTarget target in route.Targets)
        {
            if (target.IsLossy && target.Monitor.Losses.Count > 0 && target.Monitor.IsHealthy)
                RecordLoss(table, route, target.Monitor.Losses, record.Time, record.Address);
        }
    }
}

/// <summary>The outcome of a record.</summary>
/// <param name="IsStored">Whether every target, or one of its fallbacks, has stored it.</param>
/// <param name="Failure">The failure to report to the caller; <see langword="null"/> also if the record was lost and the settings allow it.</param>
internal readonly record struct DeliveryResult(bool IsStored, WriteFailure? Failure);
