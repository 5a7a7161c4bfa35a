using EzAudit.Extensibility;

namespace EzAudit.Syslog.Sending;

/// <summary>The records of a call of the sender as messages, one after the other. Not thread-safe.</summary>
internal sealed class MessageStream(AuditBatch batch, MessageFormatter format, string server)
{
    private int _next;

    /// <summary>The number of messages taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether to complete what was taken instead of waiting for further messages.</summary>
    public bool ShouldFinish => batch.ShouldFinish;

    /// <summary>Whether there is a message now.</summary>
    public bool HasNext => _next < batch.Count || Wait(TimeSpan.Zero);

    /// <summary>Takes the next message, which is valid until the next call. False if there is none now.</summary>
    public bool TryTake(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!HasNext) return false;
        message = format(batch[_next++]);
        Taken++;
        return true;
    }

    /// <summary>Waits for a message. False if none came.</summary>
    public bool Wait(TimeSpan patience)
    {
        if (!batch.TryNext(patience)) return false;
        _next = 0;
        return true;
    }

    /// <summary>Confirms the first messages of those taken.</summary>
    public void Confirm(long count) => batch.Confirm(count);

    /// <summary>Shows why the server acknowledges nothing at the moment.</summary>
    public void ReportTrouble(string trouble) => batch.ReportTrouble($"{server}: {trouble}");
}

/// <summary>Makes the message of a record; valid until the next call.</summary>
internal delegate ReadOnlySpan<byte> MessageFormatter(AuditEnvelope envelope);
