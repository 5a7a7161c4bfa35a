namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The rows of a table that belong to the logs of other hosts or directories.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Oldest">The id of the oldest one; <see langword="null"/> for none.</param>
internal readonly record struct ForeignRows(long Count, string? Oldest);
