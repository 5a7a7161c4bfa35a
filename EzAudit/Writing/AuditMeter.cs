using System.Diagnostics.Metrics;

namespace EzAudit.Writing;

/// <summary>The metrics of a writer, meter <c>EzAudit</c>. Costs nothing while no listener is attached.</summary>
/// <remarks>Names, units and buckets follow OpenTelemetry: base units, seconds, no name that is a prefix of another.</remarks>
internal sealed class AuditMeter : IDisposable
{
    public const string Name = "EzAudit";

    // Without this advice, listeners assume buckets in milliseconds, and every record would fall into the first.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _records;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _textErrors;
    private readonly Histogram<double> _writeDuration;
    private readonly Histogram<double> _syncDuration;
    private readonly Counter<long> _sent;
    private readonly Histogram<double> _sendDuration;

    /// <param name="factory">Creates the meters of a host, so that its listeners can tell them from others; <see langword="null"/> without a host.</param>
    /// <param name="writer">The name of a writer other than the host's default one; becomes a tag of the meter.</param>
    public AuditMeter(IMeterFactory? factory, string? writer)
    {
        var options = new MeterOptions(Name)
        {
            Version = typeof(AuditMeter).Assembly.GetName().Version?.ToString(3),
            Tags = writer is null ? null : [new("writer", writer)],
        };
        _meter = factory?.Create(options) ?? new Meter(options);
        _records = _meter.CreateCounter<long>("ezaudit.records", "{record}", "Records that calls tried to write, by function, target and outcome.");
        _lost = _meter.CreateCounter<long>("ezaudit.losses", "{record}", "Records lost under OnFailure=continue, from a queue or by an optional target, by function.");
        _textErrors = _meter.CreateCounter<long>("ezaudit.text.errors", "{field}", "Fields whose ToString threw, by function; their records are written.");
        _writeDuration = _meter.CreateHistogram<double>("ezaudit.write.duration", "s", "How long calls took, by function.", tags: null, Durations);
        _sent = _meter.CreateCounter<long>("ezaudit.sent", "{record}", "Records that receivers acknowledged, by target.");
        _sendDuration = _meter.CreateHistogram<double>("ezaudit.send.duration", "s", "How long attempts to send took, by target and outcome.", tags: null, Durations);
        _syncDuration = _meter.CreateHistogram<double>("ezaudit.sync.duration", "s", "How long log files took to reach the disk, by target.", tags: null, Durations);
    }

    public bool TimesWrites => _writeDuration.Enabled;

    /// <summary>Adds the instruments that are read when a listener collects.</summary>
    /// <param name="monitors">Returns the current monitors of the targets.</param>
    public void Observe(Func<IReadOnlyCollection<TargetMonitor>> monitors)
    {
        // An UpDownCounter may be summed over targets, a gauge may not.
        _meter.CreateObservableUpDownCounter("ezaudit.queue.size", () => Measure(monitor => monitor.Read().QueuedBytes), "By", "Bytes in the queue of a target.");
        _meter.CreateObservableUpDownCounter("ezaudit.dead_letters", () => Measure(monitor => monitor.DeadLetters), "{record}", "Records in the dead-letter file of a target, which its receiver refused for good.");
        _meter.CreateObservableUpDownCounter("ezaudit.file.size", () => Measure(monitor => monitor.FileBytes), "By", "Size of the log file of a target, without rotated files.");
        _meter.CreateObservableGauge("ezaudit.disk.free", () => Measure(monitor => monitor.FreeBytes), "By", "Free space on the disk of the log file of a target.");
        _meter.CreateObservableGauge("ezaudit.target.state", () => Measure(monitor => (long)monitor.Read().State), "{state}", "0 healthy, 1 degraded, 2 blocked, 3 failing.");

        IEnumerable<Measurement<long>> Measure(Func<TargetMonitor, long?> figure)
        {
            foreach (TargetMonitor monitor in monitors())
            {
                if (figure(monitor) is { } value) yield return new Measurement<long>(value, new KeyValuePair<string, object?>("target", monitor.Name));
            }
        }
    }

    public void Written(string function, string target, bool succeeded)
    {
        if (!_records.Enabled) return;
        _records.Add(1, new("function", function), new("target", target), new("outcome", succeeded ? "success" : "failure"));
    }

    public void Lost(long count, string function)
    {
        if (_lost.Enabled) _lost.Add(count, new KeyValuePair<string, object?>("function", function));
    }

    public void TextsFailed(int count, string function)
    {
        if (_textErrors.Enabled) _textErrors.Add(count, new KeyValuePair<string, object?>("function", function));
    }

    public void WriteTook(TimeSpan duration, string function) =>
        _writeDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("function", function));

    public void SyncTook(TimeSpan duration, string file)
    {
        if (_syncDuration.Enabled) _syncDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("target", file));
    }

    public void Sent(long records, TimeSpan duration, string target, bool failed)
    {
        if (_sent.Enabled && records > 0) _sent.Add(records, new KeyValuePair<string, object?>("target", target));
        if (_sendDuration.Enabled) _sendDuration.Record(duration.TotalSeconds, new("target", target), new("outcome", failed ? "failure" : "success"));
    }

    public void Dispose() => _meter.Dispose();
}
