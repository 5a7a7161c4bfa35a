using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using EzAudit.Nats.Connecting;
using EzAudit.Nats.Settings;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats;

/// <summary>Creates and checks the stream. Needs a user who may do that, unlike the targets that write to it.</summary>
/// <remarks>Not thread-safe. Every call throws <see cref="AuditStreamException"/> if the servers cannot be used.</remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "NATS calls it a stream.")]
public sealed class AuditStream : IAsyncDisposable
{
    private readonly AuditStreamOptions _options;
    private readonly StreamServers _servers;
    private StreamConnection? _connection;

    /// <summary>Initializes the access; connects to nothing yet.</summary>
    /// <param name="options">Where the stream is, and what a new one is like.</param>
    public AuditStream(AuditStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _servers) = (options, new StreamServers(options));
    }

    /// <summary>The configuration of a new stream as JSON, as <c>nats stream add --config</c> reads it.</summary>
    public string Configuration
    {
        get
        {
            var output = new ArrayBufferWriter<byte>();
            NatsJSJsonSerializer<StreamConfig>.Default.Serialize(output, StreamProtection.ConfigOf(_options));
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    /// <summary>Returns what the stream is like; <see langword="null"/> if there is none.</summary>
    public ValueTask<AuditStreamStatus?> FindAsync(CancellationToken cancellationToken = default) => RunAsync(FindAsync, cancellationToken);

    /// <summary>
    /// Creates the stream, or protects one that is not: its messages can no longer be deleted, which cannot be undone, and enough servers keep it. Limits of
    /// an existing stream are not changed.
    /// </summary>
    /// <returns>Whether something was changed.</returns>
    public ValueTask<bool> InitializeAsync(CancellationToken cancellationToken = default) => RunAsync(InitializeAsync, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        await _connection.DisposeAsync().ConfigureAwait(false);
        _connection = null;
    }

    private async ValueTask<AuditStreamStatus?> FindAsync(StreamConnection connection, CancellationToken cancellationToken)
    {
        StreamInfo? info = await StreamCheck.FindAsync(connection, _options, cancellationToken).ConfigureAwait(false);
        if (info is null) return null;
        var consumers = new List<AuditStreamConsumer>();
        await foreach (INatsJSConsumer consumer in connection.JetStream.ListConsumersAsync(_options.Stream, cancellationToken).ConfigureAwait(false))
        {
            ConsumerInfo found = consumer.Info;
            consumers.Add(new AuditStreamConsumer(found.Name, (long)found.NumPending, found.NumAckPending, found.NumRedelivered));
        }
        return AuditStreamStatus.Of(info, _options) with { Consumers = consumers };
    }

    private async ValueTask<bool> InitializeAsync(StreamConnection connection, CancellationToken cancellationToken)
    {
        StreamInfo? info = await StreamCheck.FindAsync(connection, _options, cancellationToken).ConfigureAwait(false);
        if (info is not null && StreamProtection.FaultOf(info.Config, _options) is null) return false;
        if (info is null) await connection.JetStream.CreateStreamAsync(StreamProtection.ConfigOf(_options), cancellationToken).ConfigureAwait(false);
        else await connection.JetStream.UpdateStreamAsync(StreamProtection.Corrected(info.Config, _options), cancellationToken).ConfigureAwait(false);
        await StreamCheck.RequireAsync(connection, _options, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<T> RunAsync<T>(Func<StreamConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await StreamConnection.OpenAsync(_servers, cancellationToken).ConfigureAwait(false);
            return await work(_connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (StreamFailure.IsOfStream(failure))
        {
            AuditStreamException known = _connection?.Explain(failure) ?? StreamFailure.Of(failure, _options);
            await DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw known;
        }
    }
}
