using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Sending;

/// <summary>Which messages of a batch are acknowledged. Acknowledgements may come in any order.</summary>
internal sealed class AckWindow(int count)
{
    private readonly bool[] _isStored = new bool[count];
    private readonly bool[] _isAnswered = new bool[count];
    private int _answered;

    /// <summary>How many were published and are not answered.</summary>
    public int Outstanding => Published - _answered;

    public int Published { get; private set; }

    /// <summary>How many from the first are stored without a gap.</summary>
    public int Stored { get; private set; }

    /// <summary>The index and error of the first that was not stored; the error is <see langword="null"/> if nobody listens to the subject.</summary>
    public (int Index, ApiError? Error)? Failure { get; private set; }

    /// <summary>Counts the next message.</summary>
    public int Publish() => Published++;

    public void Answer(int index, PublishAck ack)
    {
        if (_isAnswered[index]) return;
        _isAnswered[index] = true;
        _answered++;
        _isStored[index] = ack.Sequence > 0;
        if (!_isStored[index] && (Failure is not { } first || index < first.Index)) Failure = (index, ack.Error);
        while (Stored < _isStored.Length && _isStored[Stored]) Stored++;
    }
}
