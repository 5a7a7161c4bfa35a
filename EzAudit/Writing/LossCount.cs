namespace EzAudit.Writing;

/// <summary>Counts records lost on their way to one file, until the loss itself is recorded. Thread-safe.</summary>
internal sealed class LossCount
{
    private readonly Lock _gate = new();
    private Loss? _loss;

    public long Count => Volatile.Read(ref _loss)?.Count ?? 0;

    public void Add(long count, string function, DateTimeOffset time, string reason)
    {
        lock (_gate)
        {
            _loss = _loss is null
                ? new Loss(count, function, time, time, reason)
                : _loss with { Count = _loss.Count + count, To = time, Function = _loss.Function == function ? function : "several", Reason = reason };
        }
    }

    /// <summary>Takes the loss, to record it; <see langword="null"/> if there is none.</summary>
    public Loss? Take()
    {
        if (Volatile.Read(ref _loss) is null) return null;
        lock (_gate)
        {
            Loss? loss = _loss;
            _loss = null;
            return loss;
        }
    }

    /// <summary>Returns a loss that could not be recorded.</summary>
    public void Return(Loss loss)
    {
        lock (_gate) _loss = _loss is null ? loss : _loss with { Count = _loss.Count + loss.Count, From = loss.From };
    }
}

/// <summary>How many records were lost, in which period, and the last reason.</summary>
internal sealed record Loss(long Count, string Function, DateTimeOffset From, DateTimeOffset To, string Reason);
