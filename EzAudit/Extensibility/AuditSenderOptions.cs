namespace EzAudit.Extensibility;

/// <summary>How EzAudit calls the senders of a type. Immutable; compared by value.</summary>
public sealed record AuditSenderOptions
{
    /// <summary>When a batch is sent. The settings of a target may say otherwise: <c>BatchRecords</c>, <c>BatchBytes</c> and <c>BatchAge</c>.</summary>
    public AuditBatchLimits Limits { get; init; } = new(Records: 1000, Bytes: 1 << 20, Age: TimeSpan.FromMilliseconds(200));

    /// <summary>The format of <see cref="AuditEnvelope.Bytes"/> if the target's section has no <c>Format</c>; <see langword="null"/> for the format of each function.</summary>
    public string? Format { get; init; }

    /// <summary>
    /// Whether the spool keeps all of a record, for <see cref="AuditEnvelope.Record"/>. Without, which makes each call faster, an envelope's record has only
    /// function and time: enough for a sender that sends what <see cref="IAuditSender.Prepare"/> has written.
    /// </summary>
    public bool KeepsRecords { get; init; } = true;
}

/// <summary>What is gathered before a batch is sent: it is sent when the first of these limits is reached. Immutable; compared by value.</summary>
/// <param name="Records">The most records in a batch.</param>
/// <param name="Bytes">The most bytes of its records, as they wait in the spool; a single record may have more.</param>
/// <param name="Age">How long the first record may wait for others. Zero sends what is there.</param>
public sealed record AuditBatchLimits(int Records, int Bytes, TimeSpan Age);
