using EzAudit.Collector.Letters;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;

namespace EzAudit.Collector;

/// <summary>Asks the stream and the store whether they can be used, over a connection to the store of its own. Thread-safe.</summary>
internal sealed class CollectorProbe(AuditStreamReader reader, string store, LetterBox letters) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AuditStoreWriter _writer = new(store);
    private readonly SemaphoreSlim _one = new(1, 1);
    private AuditCollectorHealth? _last;

    /// <summary>What was found last.</summary>
    public AuditCollectorHealth? Last => Volatile.Read(ref _last);

    public async Task<AuditCollectorHealth> CheckAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Task<(long? Count, string? Trouble)> stream = AskStreamAsync(cancellationToken);
            string? storeTrouble = await AskStoreAsync(cancellationToken).ConfigureAwait(false);
            (long? count, string? streamTrouble) = await stream.ConfigureAwait(false);
            var health = new AuditCollectorHealth(streamTrouble, storeTrouble, count, letters.Count);
            Volatile.Write(ref _last, health);
            return health;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
    }

    private async Task<(long? Count, string? Trouble)> AskStreamAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = Within(cancellationToken);
        try
        {
            return (await reader.CountPendingAsync(patience.Token).ConfigureAwait(false), null);
        }
        catch (AuditStreamException failure)
        {
            return (null, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Slow);
        }
    }

    private async Task<string?> AskStoreAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = Within(cancellationToken);
        try
        {
            await _writer.CheckAsync(patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (AuditStoreException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{_writer.Place}: {Slow}";
        }
    }

    private static string Slow => $"No answer within {Patience.TotalSeconds:0} s.";

    private static CancellationTokenSource Within(CancellationToken cancellationToken)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return patience;
    }
}
