namespace EzAudit.Records;

/// <summary>Records that have the same keys.</summary>
/// <param name="Keys">The keys in the order of the grouping; <see langword="null"/> for one that the records do not have.</param>
/// <param name="Count">How many records.</param>
/// <param name="First">The earliest of their times.</param>
/// <param name="Last">The latest of their times.</param>
public sealed record AuditGroup(IReadOnlyList<string?> Keys, long Count, DateTimeOffset First, DateTimeOffset Last);
