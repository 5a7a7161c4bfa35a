using EzAudit.Extensibility;

namespace EzAudit.Routing;

/// <summary>One stop of a route: a target, the format it is given the record in, and how it does.</summary>
internal sealed record RouteTarget(IAuditTarget Target, IAuditFormat Format, TargetMonitor Monitor)
{
    /// <summary>Whether a plugin's code stands behind it, which may call back into the audit trail.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether a record that it does not take has failed. Without that, the loss is counted and put on record.</summary>
    public bool IsRequired { get; init; } = true;
}
