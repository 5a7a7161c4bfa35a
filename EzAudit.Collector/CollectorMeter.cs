using System.Diagnostics.Metrics;

namespace EzAudit.Collector;

/// <summary>The meter <c>EzAudit.Collector</c>.</summary>
internal sealed class CollectorMeter : IDisposable
{
    public const string Name = "EzAudit.Collector";

    private readonly Meter _meter;

    /// <param name="factory">Creates the meter; <see langword="null"/> for one of its own.</param>
    /// <param name="status">What the collector has done.</param>
    /// <param name="health">What was found when it was last checked.</param>
    public CollectorMeter(IMeterFactory? factory, Func<AuditCollectorStatus> status, Func<AuditCollectorHealth?> health)
    {
        _meter = factory?.Create(Name) ?? new Meter(Name);
        _meter.CreateObservableCounter("ezaudit.collector.messages", () => status().Messages, description: "Records and checkpoints of ledgers that were stored, including those that came again");
        _meter.CreateObservableCounter("ezaudit.collector.batches", () => status().Batches, description: "Transactions");
        _meter.CreateObservableCounter("ezaudit.collector.dead_letters", () => status().DeadLetters, description: "Records and messages that were put aside");
        _meter.CreateObservableGauge("ezaudit.collector.trouble", () => status().Trouble is null ? 0 : 1, description: "1 while nothing proceeds");
        _meter.CreateObservableGauge("ezaudit.collector.last_commit", () => TimesOf(status()), unit: "s", description: "When the store last took something, since 1970");
        _meter.CreateObservableGauge("ezaudit.collector.pending", () => Measured(health()?.Pending), description: "Messages of the stream that are not in the store yet, when last checked");
        _meter.CreateObservableGauge("ezaudit.collector.dead_letters_waiting", () => Measured(health()?.LettersWaiting), description: "Dead letters in the directory, when last checked");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> TimesOf(AuditCollectorStatus status) =>
        status.LastCommit is { } time ? [new Measurement<double>(time.ToUnixTimeMilliseconds() / 1000.0)] : [];

    private static IEnumerable<Measurement<long>> Measured(long? value) => value is { } known ? [new Measurement<long>(known)] : [];
}
