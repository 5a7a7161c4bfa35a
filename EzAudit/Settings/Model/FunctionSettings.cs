using EzAudit.Records;
using NodaTime;

namespace EzAudit.Settings.Model;

/// <summary>How one function is written: <c>[FunctionDefaults]</c> or <c>[Function-NAME]</c>.</summary>
internal sealed record FunctionSettings
{
    public AuditDurability Durability { get; init; } = AuditDurability.Disk;

    public FailurePolicy OnFailure { get; init; } = FailurePolicy.Fail;

    public Duration WriteTimeout { get; init; } = Duration.FromSeconds(10);

    /// <summary>The NAME of a format section.</summary>
    public string Format { get; init; } = "classic";

    /// <summary>The NAMEs of target sections, in order.</summary>
    public IReadOnlyList<string> Targets { get; init; } = ["file"];

    public IReadOnlyList<string> Fallback { get; init; } = [];

    public IReadOnlyList<ExtraField> ExtraFields { get; init; } = [];

    public IReadOnlyList<string> Redact { get; init; } = [];
}

/// <summary>A field that <c>ExtraFields[]</c> can add after the caller's fields.</summary>
internal enum ExtraField
{
    Session,
    Trace,
    Thread,
    Process,
}

/// <summary>What a failed write does to the caller.</summary>
internal enum FailurePolicy
{
    Fail,
    Continue,
    Shutdown,
}
