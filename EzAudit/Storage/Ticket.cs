namespace EzAudit.Storage;

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
