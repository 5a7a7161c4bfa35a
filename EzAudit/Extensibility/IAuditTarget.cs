using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>Where records go. Called by many threads at once; disposed once, after the last record.</summary>
public interface IAuditTarget : IDisposable
{
    /// <summary>Takes one record. When it returns the record is stored as <paramref name="durability"/> says.</summary>
    /// <param name="record">The record; valid during the call.</param>
    /// <param name="bytes">The record in the target's format; valid during the call.</param>
    /// <param name="durability">What must hold when the call returns.</param>
    /// <exception cref="Exception">
    /// The record could not be stored. After any exception the caller is told that the record may be stored all the same; an
    /// <see cref="AuditTargetException"/> can say that it is not.
    /// </exception>
    void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability);

    /// <summary>Takes one record like <see cref="Write"/>; completes when it is stored, without a thread that waits for it.</summary>
    /// <param name="record">The record; valid until the call returns, not until the task completes.</param>
    /// <param name="bytes">The record in the target's format; valid as long.</param>
    /// <param name="durability">What must hold when the task completes.</param>
    ValueTask WriteAsync(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
    {
        Write(record, bytes, durability);
        return ValueTask.CompletedTask;
    }

    /// <summary>Stores on disk, or at the receiver, what was taken so far.</summary>
    void Flush();

    /// <summary>What is wrong just now though records are taken, such as a receiver that cannot be reached; <see langword="null"/> when all is well.</summary>
    string? Trouble => null;

    /// <summary>How many bytes it has taken that are not yet where they belong.</summary>
    long QueuedBytes => 0;
}

/// <summary>A target could not store a record, and says where it stopped.</summary>
public class AuditTargetException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Place, found, expected.</param>
    /// <param name="stage">The step that failed.</param>
    /// <param name="mayBeStored">Whether the record may be stored all the same, as after a failed sync.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public AuditTargetException(string message, AuditWriteStage stage = AuditWriteStage.Target, bool mayBeStored = false, Exception? innerException = null)
        : base(message, innerException)
    {
        Stage = stage;
        MayBeStored = mayBeStored;
    }

    /// <summary>The step that failed.</summary>
    public AuditWriteStage Stage { get; }

    /// <summary>Whether the record may be stored all the same.</summary>
    public bool MayBeStored { get; }
}
