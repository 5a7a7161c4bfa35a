namespace EzAudit.Storage;

/// <summary>What a caller holds while another one writes its record for it.</summary>
internal sealed class Ticket
{
    private volatile bool _isDone;

    public bool IsDone => _isDone;

    public StorageException? Failure { get; private set; }

    public Placement Placement { get; private set; }

    public void Succeed(Placement placement)
    {
        Placement = placement;
        _isDone = true;
    }

    public void Fail(StorageException failure)
    {
        Failure = failure;
        _isDone = true;
    }

    public void Reset()
    {
        Failure = null;
        Placement = default;
        _isDone = false;
    }
}
