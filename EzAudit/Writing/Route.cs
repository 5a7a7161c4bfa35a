using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Writing;

/// <summary>Where the records of one function go, what must hold when the call returns, and what happens when it does not.</summary>
/// <param name="Function">Its definition.</param>
/// <param name="Settings">Its durability, failure policy and timeout.</param>
/// <param name="Targets">Where its records go, files first: no file stands behind a plugin.</param>
/// <param name="Fallback">Where they go when a target fails, in this order.</param>
/// <param name="Losses">What was lost of the records for its file.</param>
/// <param name="Redactor">Takes secrets out of its fields.</param>
internal sealed record Route(AuditFunction Function, FunctionSettings Settings, RouteTarget[] Targets, RouteTarget[] Fallback, LossCount Losses, Redactor Redactor)
{
    /// <summary>What must hold when a call returns; at first what the settings say.</summary>
    public AuditDurability Durability { get; init; } = Settings.Durability;

    /// <summary>Whether a target may miss a record without the call's failing.</summary>
    public bool HasOptional { get; } = Targets.Any(target => !target.IsRequired);

    /// <summary>Whether no plugin's target is among them.</summary>
    public bool IsForFiles { get; } = !Targets.Any(target => target.IsForeign);

    /// <summary>Whether session and trace may stand in its records. Where not, nobody is asked for them: it costs a digest for each record.</summary>
    public bool TellsSession { get; } = Settings.ExtraFields.Count > 0 || Targets.Concat(Fallback).Any(target => target.IsForeign || target.Format is not ClassicFormat);

    /// <summary>Why one of its targets is not to have its record: what room there is, is kept back for functions that must be written.</summary>
    public string? ShortageOf(RouteTarget stop) =>
        stop.Monitor.Shortage is { } shortage && Settings.OnFailure == FailurePolicy.Continue && Function.Category != OwnFunctions.Category ? shortage : null;

    public TimeSpan Timeout { get; } = Settings.WriteTimeout.ToTimeSpan();
}

/// <summary>One stop of a route: a target, the format it is given the record in, and how it does.</summary>
internal sealed record RouteTarget(IAuditTarget Target, IAuditFormat Format, TargetMonitor Monitor)
{
    /// <summary>Whether a plugin's code stands behind it, which may call back into the audit trail.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether a record that it does not take has failed. Without that, the loss is counted and put on record.</summary>
    public bool IsRequired { get; init; } = true;
}
