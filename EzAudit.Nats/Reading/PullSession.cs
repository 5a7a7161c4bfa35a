using System.Globalization;
using System.Text;
using System.Threading.Channels;
using EzAudit.Extensibility;
using EzAudit.Nats.Connecting;
using EzAudit.Nats.Settings;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Reading;

/// <summary>
/// Asks a durable consumer for messages over one connection. A request stays open until it is filled or expires, so what arrives between two calls is
/// there at once. One thread reads; any may acknowledge.
/// </summary>
internal sealed class PullSession : IAsyncDisposable
{
    // Several batches of several collectors.
    private const int MostUnacknowledged = 200_000;

    // Short, because a request gets lost without notice when the leader changes.
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private const int MostLostRequests = 3;

    private static readonly ReadOnlyMemory<byte> Ack = "+ACK"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Nak = "-NAK"u8.ToArray();

    private readonly StreamConnection _connection;
    private readonly INatsSub<byte[]> _messages;
    private readonly string _request;
    private readonly string _inbox;
    private int _number;
    private int _credit;
    private int _lost;
    private bool _ignoresSize;
    private long _expires;

    private PullSession(StreamConnection connection, INatsSub<byte[]> messages, string request)
    {
        (_connection, _messages, _request) = (connection, messages, request);
        _inbox = messages.Subject[..^1];
    }

    public StreamConnection Connection => _connection;

    /// <summary>Connects, checks the stream and creates the consumer unless it exists.</summary>
    public static async ValueTask<PullSession> OpenAsync(StreamServers servers, string consumer, CancellationToken cancellationToken)
    {
        StreamConnection connection = await StreamConnection.OpenAsync(servers, cancellationToken).ConfigureAwait(false);
        try
        {
            string stream = servers.Options.Stream;
            await StreamCheck.RequireAsync(connection, servers.Options, cancellationToken).ConfigureAwait(false);
            await connection.JetStream.CreateOrUpdateConsumerAsync(stream, ConfigOf(consumer, servers.Options.AckWait), cancellationToken).ConfigureAwait(false);
            var channel = new NatsSubChannelOpts { Capacity = MostUnacknowledged, FullMode = BoundedChannelFullMode.Wait };
            INatsSub<byte[]> messages = await connection.Nats.SubscribeCoreAsync(
                StreamConnection.NewInboxes(), serializer: NatsRawSerializer<byte[]>.Default, opts: new NatsSubOpts { ChannelOpts = channel }, cancellationToken: cancellationToken).ConfigureAwait(false);
            return new PullSession(connection, messages, $"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}");
        }
        catch (Exception failure)
        {
            AuditStreamException? known = StreamFailure.IsOfStream(failure) && !cancellationToken.IsCancellationRequested ? connection.Explain(failure) : null;
            await connection.DisposeAsync().ConfigureAwait(false);
            servers.Avoid(connection.Url);
            if (known is null) throw;
            throw known;
        }
    }

    /// <summary>Waits for the first message, then gathers until a limit is reached.</summary>
    /// <exception cref="AuditStreamException">The consumer is gone or does not answer. What was gathered before is in the list.</exception>
    public async ValueTask GatherAsync(List<StreamMessage> gathered, AuditBatchLimits limits, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _connection.Lost);
        long due = long.MaxValue;
        for (long bytes = 0; gathered.Count < limits.Records && bytes < limits.Bytes;)
        {
            if (_credit == 0) await RequestAsync(limits.Records - gathered.Count, limits.Bytes - bytes, stop.Token).ConfigureAwait(false);
            if (!_messages.Msgs.TryRead(out NatsMsg<byte[]> message))
            {
                if (due <= Environment.TickCount64) return;
                await WaitAsync(Math.Min(due, _expires), stop.Token).ConfigureAwait(false);
                continue;
            }
            if (message.Subject.StartsWith(_inbox, StringComparison.Ordinal))
            {
                OnStatus(message, isEmpty: gathered.Count == 0);
                continue;
            }
            (_credit, _lost, _ignoresSize) = (Math.Max(_credit - 1, 0), 0, false);
            gathered.Add(StreamMessage.Of(message));
            bytes += message.Size;
            if (gathered.Count == 1) due = Environment.TickCount64 + (long)limits.Age.TotalMilliseconds;
        }
    }

    /// <summary>
    /// Acknowledges messages. Only the last acknowledgement is confirmed: the servers process those of one connection in order. One that gets lost all the
    /// same, because the leader changes, makes its message come again.
    /// </summary>
    public async ValueTask AcknowledgeAsync(IReadOnlyList<StreamMessage> messages, CancellationToken cancellationToken)
    {
        for (int i = 0; i < messages.Count - 1; i++) await AnswerAsync(messages[i], Ack, cancellationToken).ConfigureAwait(false);
        await _connection.Nats.RequestAsync<ReadOnlyMemory<byte>, byte[]>(
            messages[^1].AckSubject, Ack, requestSerializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, replySerializer: NatsRawSerializer<byte[]>.Default,
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives messages back, so that another reader gets them at once.</summary>
    public async ValueTask ReturnAsync(IReadOnlyList<StreamMessage> messages, CancellationToken cancellationToken)
    {
        foreach (StreamMessage message in messages) await AnswerAsync(message, Nak, cancellationToken).ConfigureAwait(false);
        await _connection.Nats.PingAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives back what was received and not read. Its connection may be lost.</summary>
    public async ValueTask DisposeAsync()
    {
        var unread = new List<StreamMessage>();
        while (_messages.Msgs.TryRead(out NatsMsg<byte[]> message))
        {
            if (!message.Subject.StartsWith(_inbox, StringComparison.Ordinal)) unread.Add(StreamMessage.Of(message));
        }
        try
        {
            if (unread.Count > 0 && !_connection.IsLost) await ReturnAsync(unread, _connection.Lost).ConfigureAwait(false);
        }
        catch (Exception failure) when (StreamFailure.IsOfStream(failure))
        {
            // They come again after the ack wait.
        }
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static ConsumerConfig ConfigOf(string consumer, TimeSpan ackWait) => new(consumer)
    {
        Description = "Collectors of EzAudit",
        AckPolicy = ConsumerConfigAckPolicy.Explicit,
        DeliverPolicy = ConsumerConfigDeliverPolicy.All,
        AckWait = ackWait,
        MaxAckPending = MostUnacknowledged,
        MaxDeliver = -1,
    };

    private ValueTask AnswerAsync(StreamMessage message, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        _connection.Nats.PublishAsync(message.AckSubject, answer, serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, cancellationToken: cancellationToken);

    private async ValueTask RequestAsync(int records, long bytes, CancellationToken stop)
    {
        if (_lost >= MostLostRequests) throw new TimeoutException();
        // A message that is larger than the limit of a batch is read alone.
        string size = _ignoresSize ? "" : string.Create(CultureInfo.InvariantCulture, $",\"max_bytes\":{bytes}");
        _credit = _ignoresSize ? 1 : records;
        string request = string.Create(CultureInfo.InvariantCulture, $"{{\"batch\":{_credit},\"expires\":{Expiry.Ticks * 100}{size}}}");
        _expires = Environment.TickCount64 + (long)(Expiry + Grace).TotalMilliseconds;
        string reply = string.Create(CultureInfo.InvariantCulture, $"{_inbox}{++_number}");
        await _connection.Nats.PublishAsync(
            _request, (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(request), replyTo: reply, serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, cancellationToken: stop).ConfigureAwait(false);
    }

    private async ValueTask WaitAsync(long until, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter((int)Math.Max(until - Environment.TickCount64, 0));
        try
        {
            if (!await _messages.Msgs.WaitToReadAsync(patience.Token).ConfigureAwait(false)) throw new IOException("The subscription has ended.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            if (Environment.TickCount64 < _expires) return;
            _credit = 0;
            _lost++;
        }
    }

    // The end of a request: it was filled, has expired, or failed.
    private void OnStatus(in NatsMsg<byte[]> message, bool isEmpty)
    {
        if (!message.Subject.AsSpan(_inbox.Length).SequenceEqual(_number.ToString(CultureInfo.InvariantCulture))) return;
        const int timeout = 408;
        const int conflict = 409;
        const int noResponders = 503;
        _credit = 0;
        string text = message.Headers?.MessageText ?? "";
        switch (message.Headers?.Code)
        {
            case timeout:
                _lost = 0;
                break;
            case conflict when text.Contains("MaxBytes", StringComparison.OrdinalIgnoreCase):
                _ignoresSize = isEmpty;
                break;
            case conflict when text.Contains("Deleted", StringComparison.OrdinalIgnoreCase):
                throw new IOException("The consumer was deleted.");
            case noResponders:
                throw new AuditStreamException($"the consumer has no leader. {StreamFailure.NoQuorum}");
            default:
                _lost++;
                break;
        }
    }
}
