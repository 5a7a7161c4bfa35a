using EzAudit.Extensibility;
using EzAudit.Nats.Connecting;
using EzAudit.Nats.Settings;

namespace EzAudit.Nats.Sending;

/// <summary>Sends the records of a target, or the checkpoints of an anchor, to the stream.</summary>
internal sealed class NatsSender(AuditStreamOptions options, bool areCheckpoints) : IAuditSender
{
    private readonly StreamServers _servers = new(options);
    private PublishSession? _session;

    public async ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0) return;
        try
        {
            _session ??= await PublishSession.OpenAsync(_servers, cancellationToken).ConfigureAwait(false);
            await _session.PublishAsync(batch, areCheckpoints, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not AuditRejectedException)
        {
            // Whatever the connection is in the middle of, the next call starts afresh, with another server.
            Exception known = !StreamFailure.IsOfStream(failure) ? failure : _session?.Explain(failure) ?? StreamFailure.Of(failure, options);
            await CloseAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (known == failure) throw;
            throw known;
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask CloseAsync()
    {
        if (_session is null) return;
        _servers.Avoid(_session.Url);
        await _session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }
}
