using EzAudit.Records;

namespace EzAudit.Composition;

/// <summary>A record that a target did not take, as the host's log shows it.</summary>
internal sealed record WriteFailure(string Target, string Function, string? File, AuditWriteStage Stage, string? Errno, string Message)
{
    /// <summary>Whether a fallback took the record.</summary>
    public bool IsRescued { get; init; }
}
