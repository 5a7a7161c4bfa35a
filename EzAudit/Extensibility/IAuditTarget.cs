using System.Diagnostics.CodeAnalysis;
using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>A destination of records in this process; a receiver elsewhere is better served by an <see cref="IAuditSender"/>. Must be thread-safe. Disposed once, after the last record.</summary>
public interface IAuditTarget : IDisposable, IAsyncDisposable
{
    /// <summary>Stores one record. When it returns, the record is stored as <paramref name="durability"/> requires.</summary>
    /// <param name="record">The record; valid only during the call.</param>
    /// <param name="bytes">The record in the target's format; valid only during the call.</param>
    /// <param name="durability">What must be true when the call returns.</param>
    /// <exception cref="Exception">
    /// The record could not be stored. After an exception of any type the caller is told that the record may have been stored; an
    /// <see cref="AuditTargetException"/> can state that it was not.
    /// </exception>
    void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability);

    /// <summary>Stores one record like <see cref="Write"/>; the task completes when it is stored. By default it calls <see cref="Write"/>.</summary>
    /// <param name="record">The record; valid until the call returns, not until the task completes.</param>
    /// <param name="bytes">The record in the target's format; valid until the call returns.</param>
    /// <param name="durability">What must be true when the task completes.</param>
    ValueTask WriteAsync(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
    {
        Write(record, bytes, durability);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ensures that everything taken so far is on disk, or at the receiver.</summary>
    void Flush();

    /// <summary>Does the same as <see cref="Flush"/>; the task completes when it is done. By default it calls <see cref="Flush"/>.</summary>
    /// <param name="cancellationToken">Cancels the wait. What was taken is still stored.</param>
    ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flush();
        return ValueTask.CompletedTask;
    }

    /// <summary>The current problem of a target that still accepts records, such as an unreachable receiver; <see langword="null"/> if there is none. Read on any thread.</summary>
    string? Trouble => null;

    /// <summary>The number of bytes accepted that have not reached their destination yet.</summary>
    long QueuedBytes => 0;

    /// <summary>The number of records that the receiver refused for good and that are kept in a dead-letter file.</summary>
    long DeadLetters => 0;

    /// <summary>Closes the target without blocking a thread. By default it calls <see cref="IDisposable.Dispose"/>. Only one of the two is called.</summary>
    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "Dispose of the class does.")]
    ValueTask IAsyncDisposable.DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Thrown by a target that could not store a record, to say at which step. The caller of the writer gets an <c>AuditWriteException</c> with it inside.</summary>
public class AuditTargetException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="stage">The step that failed.</param>
    /// <param name="mayBeStored">Whether the record may have been stored nevertheless, as after a failed sync.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public AuditTargetException(string message, AuditWriteStage stage = AuditWriteStage.Target, bool mayBeStored = false, Exception? innerException = null)
        : base(message, innerException)
    {
        Stage = stage;
        MayBeStored = mayBeStored;
    }

    /// <summary>The step that failed.</summary>
    public AuditWriteStage Stage { get; }

    /// <summary>Whether the record may have been stored nevertheless.</summary>
    public bool MayBeStored { get; }
}
