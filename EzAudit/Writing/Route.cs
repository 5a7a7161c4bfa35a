using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Sealing;
using EzAudit.Settings.Model;
using EzAudit.Storage.Appending;

namespace EzAudit.Writing;

/// <summary>Where the records of one function go, which durability they need, and what happens on failure.</summary>
/// <param name="Function">Its definition.</param>
/// <param name="Settings">Its durability, failure policy and timeout.</param>
/// <param name="Targets">The targets, log files first, so that a plugin cannot delay a file.</param>
/// <param name="Fallback">The fallbacks, in the order in which they are tried.</param>
/// <param name="Losses">The losses of its file.</param>
/// <param name="Redactor">Removes secrets from its fields.</param>
internal sealed record Route(AuditFunction Function, FunctionSettings Settings, RouteTarget[] Targets, RouteTarget[] Fallback, LossCount Losses, Redactor Redactor)
{
    /// <summary>The durability that calls require; defaults to that of the settings.</summary>
    public AuditDurability Durability { get; init; } = Settings.Durability;

    /// <summary>Whether any target may lose records without failing a call.</summary>
    public bool HasLossy { get; } = Targets.Any(target => target.IsLossy);

    /// <summary>Whether all targets are log files.</summary>
    public bool HasOnlyFiles { get; } = !Targets.Any(target => target.Plugin is not null);

    /// <summary>Whether its records may contain session and trace. If not, they are not determined, as that costs a digest for each record.</summary>
    public bool IncludesSession { get; } = Settings.ExtraFields.Count > 0 || Targets.Concat(Fallback).Any(target => target.Plugin is not null || target.Format is not ClassicFormat);

    /// <summary>Why a target must not receive its records: the remaining space is reserved for required functions.</summary>
    public string? ShortageOf(RouteTarget target) =>
        target.Monitor.Shortage is { } shortage && Settings.OnFailure == FailurePolicy.Continue && Function.Category != OwnFunctions.Category ? shortage : null;

    public TimeSpan Timeout { get; } = Settings.WriteTimeout.ToTimeSpan();

    /// <summary>A copy of a sanitized record that outlives the call; <see cref="RouteTable.View"/> takes it as it is.</summary>
    public AuditRecord Keep(in AuditRecordView record) =>
        new(record.Time, record.Address, record.Actor, record.Fields, Function.Name, record.Session, record.Trace) { LimitedBy = this };
}

/// <summary>A target of a route: the log file or a plugin's target, with the format of its records and its monitor.</summary>
internal sealed record RouteTarget(IAuditFormat Format, TargetMonitor Monitor)
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The log file, which several targets may share; <see langword="null"/> for a plugin's target. Not an <see cref="IAuditTarget"/>: storage knows bytes only.</summary>
    public LogFile? File { get; init; }

    /// <summary>Seals the directory of the log file; <see langword="null"/> if sealing is off.</summary>
    public Sealer? Sealer { get; init; }

    /// <summary>A plugin's target, whose code may call back into the audit trail; <see langword="null"/> for a log file.</summary>
    public IAuditTarget? Plugin { get; init; }

    /// <summary>Whether the call fails when the target does not store its record. If not required, the loss is counted and recorded.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Whether it may lose a record without failing the call: because it is optional, or because its receiver refuses the record later.</summary>
    public bool IsLossy => !IsRequired || Plugin is not null;

    /// <summary>Records in the ledger that records did not get here.</summary>
    public void RecordLoss(Loss loss) => Sealer!.Dropped(Monitor.Name, loss.Count, loss.Reason);

    public void Flush()
    {
        if (File is not null) File.Flush(FlushTimeout);
        else Plugin!.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Flushes at shutdown: queued records that cannot be written are lost, and counted.</summary>
    public void Drain()
    {
        if (File is not null) File.Drain(FlushTimeout);
        else Plugin!.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
