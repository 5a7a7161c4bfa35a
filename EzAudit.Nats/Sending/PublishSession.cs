using System.Globalization;
using System.Threading.Channels;
using EzAudit.Extensibility;
using EzAudit.Nats.Connecting;
using EzAudit.Nats.Messages;
using EzAudit.Nats.Settings;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Sending;

/// <summary>
/// Publishes batches over one connection, with many messages on their way at once. All acknowledgements come through one subscription: the library's own
/// way, a subscription for each message, reaches less (docs/stream.md). Not thread-safe.
/// </summary>
internal sealed class PublishSession : IAsyncDisposable
{
    /// <summary>The most messages on their way.</summary>
    public const int Window = 2000;

    private readonly StreamConnection _connection;
    private readonly AuditStreamOptions _options;
    private readonly INatsSub<PublishAck> _acks;
    private readonly string _inbox;
    private readonly int _mostBytes;
    private readonly MessageWriter _writer = new();
    private readonly MessageNames _names;
    private readonly CancellationTokenSource _patience = new();
    private long _first;

    private PublishSession(StreamConnection connection, AuditStreamOptions options, INatsSub<PublishAck> acks, StreamConfig config)
    {
        (_connection, _options, _acks) = (connection, options, acks);
        _inbox = acks.Subject[..^1];
        _names = new MessageNames(options.Subject);
        int mostOfServer = connection.Nats.ServerInfo?.MaxPayload ?? 1 << 20;
        _mostBytes = config.MaxMsgSize > 0 ? Math.Min(config.MaxMsgSize, mostOfServer) : mostOfServer;
    }

    public string Url => _connection.Url;

    /// <summary>Says what is wrong with the stream after a call has failed.</summary>
    public AuditStreamException Explain(Exception failure) => _connection.Explain(failure);

    /// <summary>Connects and checks the stream.</summary>
    public static async ValueTask<PublishSession> OpenAsync(StreamServers servers, CancellationToken cancellationToken)
    {
        StreamConnection connection = await StreamConnection.OpenAsync(servers, cancellationToken).ConfigureAwait(false);
        try
        {
            StreamInfo info = await StreamCheck.RequireAsync(connection, servers.Options, cancellationToken).ConfigureAwait(false);
            // By default, the library drops what does not fit into its channel.
            var channel = new NatsSubChannelOpts { Capacity = Window * 2, FullMode = BoundedChannelFullMode.Wait };
            INatsSub<PublishAck> acks = await connection.Nats.SubscribeCoreAsync(
                StreamConnection.NewInboxes(), serializer: PublishAck.Serializer, opts: new NatsSubOpts { ChannelOpts = channel }, cancellationToken: cancellationToken).ConfigureAwait(false);
            return new PublishSession(connection, servers.Options, acks, info.Config);
        }
        catch (Exception failure)
        {
            AuditStreamException? known = StreamFailure.IsOfStream(failure) ? connection.Explain(failure) : null;
            await connection.DisposeAsync().ConfigureAwait(false);
            servers.Avoid(connection.Url);
            if (known is null) throw;
            throw known;
        }
    }

    /// <summary>Publishes a batch and waits until all of it is acknowledged. Confirms what is, also if it throws.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="areCheckpoints">Whether they are checkpoints of the ledger.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AuditRejectedException">One of them is too large. The session can be used again.</exception>
    /// <exception cref="AuditStreamException">The stream does not take them now.</exception>
    public async ValueTask PublishAsync(AuditBatch batch, bool areCheckpoints, CancellationToken cancellationToken)
    {
        var window = new AckWindow(batch.Count);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _connection.Lost, _patience.Token);
        AuditRejectedException? refusal = null;
        try
        {
            // After the first failure nothing more is published, so that as little as possible overtakes it.
            while (window.Published < batch.Count && window.Failure is null && refusal is null)
                refusal = await PublishNextAsync(batch, window, areCheckpoints, stop.Token).ConfigureAwait(false);
            while (window.Outstanding > 0) await ReadAcksAsync(window, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            batch.Confirm(window.Stored);
            _first += batch.Count;
        }
        if (window.Failure is { } failure) throw await FailureOfAsync(failure.Index, failure.Error, cancellationToken).ConfigureAwait(false);
        if (refusal is not null) throw refusal;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _patience.Dispose();
    }

    // Returns the refusal of a message that no server would take.
    private async ValueTask<AuditRejectedException?> PublishNextAsync(AuditBatch batch, AckWindow window, bool areCheckpoints, CancellationToken stop)
    {
        while (window.Outstanding >= Window) await ReadAcksAsync(window, stop).ConfigureAwait(false);
        AuditEnvelope envelope = batch[window.Published];
        string id = _names.IdOf(envelope.Id);
        ReadOnlyMemory<byte> payload = areCheckpoints ? _writer.WriteCheckpoint(envelope, id) : _writer.Write(envelope, id);
        int size = payload.Length + HeaderSize(id);
        if (size > _mostBytes)
        {
            return new AuditRejectedException(
                window.Published, $"{_options.Place}: its message has {size} bytes; the servers take {_mostBytes}. Raise max_payload of the servers, or max_msg_size of the stream.");
        }
        var headers = new NatsHeaders
        {
            [MessageFormat.IdHeader] = id,
            [MessageFormat.StreamHeader] = _options.Stream,
            [MessageFormat.VersionHeader] = MessageFormat.Version,
        };
        string subject = _names.SubjectOf(envelope.Id, envelope.Record.Function ?? envelope.Function.Name);
        string reply = string.Create(CultureInfo.InvariantCulture, $"{_inbox}{_first + window.Publish()}");
        await _connection.Nats.PublishAsync(subject, payload, headers, reply, NatsRawSerializer<ReadOnlyMemory<byte>>.Default, cancellationToken: stop).ConfigureAwait(false);
        while (_acks.Msgs.TryRead(out NatsMsg<PublishAck> ack)) Answer(window, ack);
        return null;
    }

    private async ValueTask ReadAcksAsync(AckWindow window, CancellationToken stop)
    {
        if (!_acks.Msgs.TryRead(out NatsMsg<PublishAck> ack))
        {
            _patience.CancelAfter(_options.Timeout);
            bool isOpen = await _acks.Msgs.WaitToReadAsync(stop).ConfigureAwait(false);
            _patience.CancelAfter(Timeout.Infinite);
            if (!isOpen) throw new IOException("The subscription has ended.");
            return;
        }
        Answer(window, ack);
    }

    private void Answer(AckWindow window, in NatsMsg<PublishAck> ack)
    {
        long number = long.Parse(ack.Subject.AsSpan(_inbox.Length), CultureInfo.InvariantCulture) - _first;
        if (number >= 0 && number < window.Published) window.Answer((int)number, ack.Data);
    }

    private async ValueTask<Exception> FailureOfAsync(int index, ApiError? error, CancellationToken cancellationToken)
    {
        if (error is not null && StreamFailure.IsRefusal(error)) return new AuditRejectedException(index, $"{_options.Place}: {error.Description}.");
        string reason = error is not null
            ? StreamFailure.ReasonOf(error, _options)
            : await StreamCheck.ExplainSilenceAsync(_connection, _options, cancellationToken).ConfigureAwait(false);
        return new AuditStreamException($"{_options.Place}: {reason}");
    }

    // As the protocol writes them: a line each, after the line NATS/1.0 and before an empty one.
    private int HeaderSize(string id) =>
        "NATS/1.0\r\n\r\n".Length
        + LineSize(MessageFormat.IdHeader, id) + LineSize(MessageFormat.StreamHeader, _options.Stream) + LineSize(MessageFormat.VersionHeader, MessageFormat.Version);

    private static int LineSize(string name, string value) => name.Length + value.Length + ": \r\n".Length;
}
