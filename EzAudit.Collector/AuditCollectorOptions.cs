using EzAudit.Extensibility;
using EzAudit.Nats.Settings;

namespace EzAudit.Collector;

/// <summary>What a collector reads and where it brings it. Immutable; compared by value.</summary>
public sealed record AuditCollectorOptions
{
    /// <summary>The stream.</summary>
    public required AuditStreamOptions Stream { get; init; }

    /// <summary>The name of the consumer. Collectors with the same one share the records of the stream.</summary>
    public string Consumer { get; init; } = "ezaudit-collect";

    /// <summary>The store: a connection string of Npgsql, for a role that has <c>ezaudit_writer</c>.</summary>
    public required string Store { get; init; }

    /// <summary>The directory for what the store refuses and what cannot be read. Created when it is needed.</summary>
    public required string DeadLetters { get; init; }

    /// <summary>The most records and bytes of a batch, and how long the first record may wait for others.</summary>
    public AuditBatchLimits Limits { get; init; } = new(Records: 10_000, Bytes: 8 << 20, Age: TimeSpan.FromMilliseconds(200));

    /// <summary>How long the records in hand may still take after <see cref="AuditCollector.RunAsync"/> was told to stop. What is not stored by then comes again.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);
}
