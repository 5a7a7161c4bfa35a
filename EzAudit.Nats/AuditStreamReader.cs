using EzAudit.Extensibility;
using EzAudit.Nats.Connecting;
using EzAudit.Nats.Messages;
using EzAudit.Nats.Reading;
using EzAudit.Nats.Settings;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats;

/// <summary>
/// Reads the stream through a durable consumer: the servers remember what was acknowledged. Several readers with the same consumer share its messages.
/// </summary>
/// <remarks>
/// One thread reads at a time; batches may be acknowledged at the same time, in any order. Each message comes at least once. After an exception the next
/// call connects again, to another server if there is one.
/// </remarks>
public sealed class AuditStreamReader : IAsyncDisposable
{
    private readonly AuditStreamOptions _options;
    private readonly string _consumer;
    private readonly StreamServers _servers;
    private readonly MessageReader _format = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private PullSession? _session;

    /// <summary>Initializes a reader; connects to nothing yet.</summary>
    /// <param name="options">Where the stream is.</param>
    /// <param name="consumer">The name of the consumer, which is created when it is first used.</param>
    /// <exception cref="ArgumentException">The name has other characters than letters, digits, <c>-</c> and <c>_</c>.</exception>
    public AuditStreamReader(AuditStreamOptions options, string consumer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(consumer);
        if (!StreamSettings.IsName(consumer)) throw new ArgumentException($"\"{consumer}\" cannot name a consumer. Use 1 to 100 letters, digits, - and _.", nameof(consumer));
        (_options, _consumer, _servers) = (options, consumer, new StreamServers(options));
    }

    /// <summary>Waits for the first message, then gathers until a limit is reached.</summary>
    /// <param name="limits">The most messages and bytes of a batch, and how long the first one may wait for others.</param>
    /// <param name="cancellationToken">Ends the waiting. What has been received by then is returned.</param>
    /// <exception cref="AuditStreamException">The stream cannot be used.</exception>
    public async ValueTask<AuditStreamBatch> ReadAsync(AuditBatchLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var messages = new List<StreamMessage>();
        try
        {
            await UseAsync((session, token) => session.GatherAsync(messages, limits, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuditStreamException or OperationCanceledException && messages.Count > 0)
        {
            // What has been received can be stored; the next call reports a failure that lasts.
        }
        return new AuditStreamBatch(this, messages, ContentsOf(messages));
    }

    /// <summary>Counts the messages that no reader of the consumer has acknowledged; 0 if the consumer does not exist yet.</summary>
    /// <exception cref="AuditStreamException">The stream cannot be used.</exception>
    public async ValueTask<long> CountPendingAsync(CancellationToken cancellationToken = default)
    {
        long count = 0;
        await UseAsync(
            async (session, token) =>
            {
                INatsJSConsumer consumer = await session.Connection.JetStream.GetConsumerAsync(_options.Stream, _consumer, token).ConfigureAwait(false);
                ConsumerInfo info = consumer.Info;
                count = (long)info.NumPending + info.NumAckPending;
            },
            cancellationToken).ConfigureAwait(false);
        return count;
    }

    /// <summary>Gives back what was received and not read.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session) await session.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    internal async ValueTask UseAsync(Func<PullSession, CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        PullSession? session = null;
        try
        {
            session = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await work(session, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (StreamFailure.IsOfStream(failure))
        {
            // A cancelled call leaves the connection as it is.
            if (cancellationToken.IsCancellationRequested && failure is OperationCanceledException) throw;
            AuditStreamException known = session?.Connection.Explain(failure) ?? StreamFailure.Of(failure, _options);
            await CloseAsync(session).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw known;
        }
    }

    private async ValueTask<PullSession> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _session ??= await PullSession.OpenAsync(_servers, _consumer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async ValueTask CloseAsync(PullSession? failed)
    {
        if (failed is null || Interlocked.CompareExchange(ref _session, null, failed) != failed) return;
        _servers.Avoid(failed.Connection.Url);
        await failed.DisposeAsync().ConfigureAwait(false);
    }

    private MessageContents ContentsOf(List<StreamMessage> messages)
    {
        var contents = new MessageContents(new List<AuditEnvelope>(messages.Count), [], []);
        foreach (StreamMessage message in messages)
        {
            try
            {
                ReadMessage read = _format.Read(message.Data, message.Version);
                if (read.Record is { } record) contents.Records.Add(record);
                else contents.Checkpoints.Add(new AuditStreamCheckpoint(read.Id, read.Time, read.Checkpoint!));
            }
            catch (FormatException failure)
            {
                contents.Problems.Add(new AuditStreamProblem(message.Sequence, message.Subject, failure.Message, message.Data, message.Version));
            }
        }
        return contents;
    }
}
