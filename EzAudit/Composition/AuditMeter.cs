using System.Diagnostics.Metrics;

namespace EzAudit.Composition;

/// <summary>The figures of a writer, meter <c>EzAudit</c>. Costs nothing while nobody listens.</summary>
internal sealed class AuditMeter : IDisposable
{
    private readonly Meter _meter = new("EzAudit");
    private readonly Counter<long> _records;
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _writeDuration;
    private readonly Histogram<double> _syncDuration;

    public AuditMeter()
    {
        _records = _meter.CreateCounter<long>("ezaudit.records", "{record}", "Records that calls tried to write, by function, target and outcome.");
        _lost = _meter.CreateCounter<long>("ezaudit.records.lost", "{record}", "Records lost under OnFailure=continue or from a queue.");
        _writeDuration = _meter.CreateHistogram<double>("ezaudit.write.duration", "s", "How long calls took, by function.");
        _syncDuration = _meter.CreateHistogram<double>("ezaudit.sync.duration", "s", "How long log files took to reach the disk, by file.");
    }

    public bool TimesWrites => _writeDuration.Enabled;

    /// <summary>Adds what is read when a listener asks.</summary>
    public void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    public void Written(string function, string target, bool succeeded)
    {
        if (!_records.Enabled) return;
        _records.Add(1, new("function", function), new("target", target), new("outcome", succeeded ? "success" : "failure"));
    }

    public void Lost(long count, string function)
    {
        if (_lost.Enabled) _lost.Add(count, new KeyValuePair<string, object?>("function", function));
    }

    public void WriteTook(TimeSpan duration, string function) =>
        _writeDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("function", function));

    public void SyncTook(TimeSpan duration, string file)
    {
        if (_syncDuration.Enabled) _syncDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("file", file));
    }

    public void Dispose() => _meter.Dispose();
}
