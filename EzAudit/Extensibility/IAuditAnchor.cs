namespace EzAudit.Extensibility;

/// <summary>
/// A place outside the log directory that keeps checkpoints of the ledger. Whoever changes the log files and the ledger later, even with the current
/// key, cannot make them agree with a checkpoint that an anchor has.
/// </summary>
/// <remarks>
/// Called by one thread at a time. That thread serves only this anchor, so a call may block: it delays no record and no other anchor. Disposed once,
/// after the last checkpoint.
/// </remarks>
public interface IAuditAnchor : IDisposable
{
    /// <summary>
    /// Hands over a checkpoint. When it returns, the place has it, or will have it even if this process is killed now. A checkpoint may be handed over
    /// more than once, also by several processes that write the same ledger, and some are skipped.
    /// </summary>
    /// <param name="checkpoint">The newest checkpoint of the ledger.</param>
    /// <exception cref="Exception">It was not handed over. The newest one at that time is handed over after the next interval.</exception>
    void Publish(AuditCheckpoint checkpoint);

    /// <summary>The current problem of an anchor that still takes checkpoints, such as an unreachable receiver; <see langword="null"/> if there is none. Read on any thread.</summary>
    string? Trouble => null;
}
