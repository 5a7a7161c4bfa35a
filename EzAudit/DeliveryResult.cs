using EzAudit.Composition;

namespace EzAudit;

/// <summary>What became of a record.</summary>
/// <param name="IsStored">Whether every target, or a fallback in its place, has it.</param>
/// <param name="Failure">What the caller must be told; <see langword="null"/> also where the record was lost and the settings allow that.</param>
internal readonly record struct DeliveryResult(bool IsStored, WriteFailure? Failure);
