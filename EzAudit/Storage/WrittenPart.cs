namespace EzAudit.Storage;

/// <summary>How much was written of what a caller gave: all of it, or less and why.</summary>
/// <param name="Count">How many bytes.</param>
/// <param name="Placement">Where they end; nowhere when there are none.</param>
/// <param name="Failure">Why the rest was not written; <see langword="null"/> when there is none.</param>
internal readonly record struct WrittenPart(int Count, Placement Placement, StorageException? Failure);
