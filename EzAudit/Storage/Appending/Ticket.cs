namespace EzAudit.Storage.Appending;

/// <summary>What a caller holds while another one writes its record, or its several records, for it.</summary>
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

/// <summary>Where a record came to stand: an open file, and how many bytes of it must be on disk for the record to be.</summary>
internal readonly record struct Placement(SyncedFile File, long End);

/// <summary>How much was written of what a caller gave: all of it, or less and why.</summary>
/// <param name="Count">How many bytes.</param>
/// <param name="Placement">Where they end; nowhere when there are none.</param>
/// <param name="Failure">Why the rest was not written; <see langword="null"/> when there is none.</param>
internal readonly record struct WrittenPart(int Count, Placement Placement, StorageException? Failure);
