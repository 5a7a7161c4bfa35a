namespace EzAudit.Storage.Appending;

/// <summary>A caller's claim while another caller writes its record or records.</summary>
internal sealed class Ticket
{
    private volatile bool _isDone;

    public bool IsDone => _isDone;

    public WrittenPart Outcome { get; private set; }

    public void Settle(WrittenPart outcome)
    {
        Outcome = outcome;
        _isDone = true;
    }

    public void Reset()
    {
        Outcome = default;
        _isDone = false;
    }
}

/// <summary>Where a record was written: an open file, and how many of its bytes must be on disk for the record to be.</summary>
internal readonly record struct Placement(SyncedFile File, long End);

/// <summary>How much of a caller's bytes was written, and why not all.</summary>
/// <param name="Count">The number of bytes written.</param>
/// <param name="Placement">Where they end; the default value when there are none.</param>
/// <param name="Failure">Why the rest was not written; <see langword="null"/> when all was.</param>
internal readonly record struct WrittenPart(int Count, Placement Placement, StorageException? Failure);
