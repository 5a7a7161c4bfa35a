using System.Diagnostics.Metrics;
using EzAudit.Collector.Letters;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Retry;

namespace EzAudit.Collector;

/// <summary>
/// Brings records from the stream into the store. A message is acknowledged after its record has been committed, or is on disk as a dead letter, so that a
/// collector may be killed at any moment; the store recognizes what comes again. Any number of collectors may work at once.
/// </summary>
/// <remarks>While the stream or the store is away, it waits, with a few batches in memory. <see cref="RunAsync"/> is called once; the rest is thread-safe.</remarks>
public sealed class AuditCollector : IAsyncDisposable
{
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(2);

    private readonly AuditCollectorOptions _options;
    private readonly AuditStreamReader _reader;
    private readonly BatchDelivery _delivery;
    private readonly CollectorProgress _progress;
    private readonly CollectorProbe _probe;
    private readonly CollectorMeter _meter;
    private readonly ResiliencePipeline _untilItWorks;

    /// <summary>Initializes a collector; connects to nothing yet.</summary>
    /// <param name="options">What to read and where to bring it.</param>
    /// <param name="logger">Told of what an operator should know.</param>
    /// <param name="meterFactory">Creates the meter <c>EzAudit.Collector</c>.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ArgumentException">An option cannot be used; the message says which.</exception>
    public AuditCollector(AuditCollectorOptions options, ILogger<AuditCollector>? logger = null, IMeterFactory? meterFactory = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        clock ??= TimeProvider.System;
        _options = options;
        _reader = new AuditStreamReader(options.Stream, options.Consumer);
        var letters = new LetterBox(options.DeadLetters, clock);
        _delivery = new BatchDelivery(new AuditStoreWriter(options.Store), letters, clock);
        _progress = new CollectorProgress(logger ?? NullLogger<AuditCollector>.Instance, options.DeadLetters, clock);
        _probe = new CollectorProbe(_reader, options.Store, letters);
        _meter = new CollectorMeter(meterFactory, () => _progress.Status, () => _probe.Last);
        _untilItWorks = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(Retries()).Build();
    }

    /// <summary>The name of the meter.</summary>
    public static string MeterName => CollectorMeter.Name;

    /// <summary>What has been done so far.</summary>
    public AuditCollectorStatus Status => _progress.Status;

    /// <summary>Collects until it is told to stop. What is in hand then is still stored and acknowledged.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var giveUp = new CancellationTokenSource();
        CancellationTokenRegistration stopping = stop.Register(() => giveUp.CancelAfter(_options.StopPatience));
        await using (stopping.ConfigureAwait(false))
        {
            _progress.LogStart(_options.Stream.Url, _delivery.Place);
            // One batch is fetched while another is inserted and a third acknowledged.
            Task acknowledging = Task.CompletedTask;
            Task<AuditStreamBatch?> reading = ReadAsync(stop);
            while (await reading.ConfigureAwait(false) is { } batch)
            {
                reading = ReadAsync(stop);
                bool isStored = await TryStoreAsync(batch, giveUp.Token).ConfigureAwait(false);
                await acknowledging.ConfigureAwait(false);
                acknowledging = isStored ? AnswerAsync(batch.AcknowledgeAsync, giveUp.Token) : ReturnAsync(batch);
            }
            await acknowledging.ConfigureAwait(false);
            _progress.LogStop(Status.Messages, Status.Batches);
        }
    }

    /// <summary>Checks whether stream and store can be used, and counts what waits.</summary>
    public async Task<AuditCollectorHealth> CheckAsync(CancellationToken cancellationToken = default)
    {
        AuditCollectorHealth health = await _probe.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (health.StreamTrouble is null) _progress.StreamWorks();
        return health;
    }

    /// <summary>Gives back what was read and not stored, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        await _probe.DisposeAsync().ConfigureAwait(false);
        await _delivery.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<AuditStreamBatch?> ReadAsync(CancellationToken stop)
    {
        try
        {
            return await _untilItWorks.ExecuteAsync(token => _reader.ReadAsync(_options.Limits, token), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<bool> TryStoreAsync(AuditStreamBatch batch, CancellationToken giveUp)
    {
        try
        {
            IReadOnlyList<Letter> letters = await _untilItWorks.ExecuteAsync(token => _delivery.StoreAsync(batch, token), giveUp).ConfigureAwait(false);
            _progress.Stored(batch, letters);
            return true;
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ReturnAsync(AuditStreamBatch batch)
    {
        using var patience = new CancellationTokenSource(ReturnPatience);
        await AnswerAsync(batch.ReturnAsync, patience.Token).ConfigureAwait(false);
    }

    // An answer that fails is not repeated: the messages come again, and the store recognizes them.
    private async Task AnswerAsync(Func<CancellationToken, ValueTask> answer, CancellationToken giveUp)
    {
        try
        {
            await answer(giveUp).ConfigureAwait(false);
        }
        catch (AuditStreamException failure)
        {
            _progress.Failed(failure.Message, isOfStream: true);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
        }
    }

    private RetryStrategyOptions Retries() => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<AuditStreamException>().Handle<AuditStoreException>().Handle<IOException>().Handle<UnauthorizedAccessException>(),
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(250),
        MaxDelay = TimeSpan.FromSeconds(30),
        UseJitter = true,
        OnRetry = retry =>
        {
            _progress.Failed(retry.Outcome.Exception!.Message, retry.Outcome.Exception is AuditStreamException);
            return ValueTask.CompletedTask;
        },
    };
}
