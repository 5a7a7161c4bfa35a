namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The outbox rows that belong to the logs of other hosts or directories.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Oldest">The id of the oldest row; <see langword="null"/> if there is none.</param>
internal readonly record struct ForeignRows(long Count, string? Oldest);
