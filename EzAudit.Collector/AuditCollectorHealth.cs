namespace EzAudit.Collector;

/// <summary>Whether a collector can work. Immutable; compared by value.</summary>
/// <param name="StreamTrouble">Why the stream cannot be used; <see langword="null"/> if it can.</param>
/// <param name="StoreTrouble">Why the store cannot be used; <see langword="null"/> if it can.</param>
/// <param name="Pending">How many messages of the stream are not in the store yet; <see langword="null"/> if the stream cannot say.</param>
/// <param name="LettersWaiting">How many dead letters wait in the directory, also those of earlier runs.</param>
public sealed record AuditCollectorHealth(string? StreamTrouble, string? StoreTrouble, long? Pending, long LettersWaiting)
{
    /// <summary>Whether stream and store can be used.</summary>
    public bool IsHealthy => StreamTrouble is null && StoreTrouble is null;
}
