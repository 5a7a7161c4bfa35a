using System.Diagnostics;
using EzAudit.Extensibility;

namespace EzAudit.Spooling;

/// <summary>Traces and measures the attempts to send records: a span <c>ezaudit send</c> for each part that a sender is handed. Costs nothing while nobody listens.</summary>
internal sealed class SendingSpan(SendingContext context)
{
    private static readonly ActivitySource Source = new("EzAudit", typeof(SendingSpan).Assembly.GetName().Version?.ToString(3));

    private Activity? _activity;
    private long _start;
    private long _confirmed;

    /// <summary>Begins with the records that the sender gets now.</summary>
    public void Begin(AuditBatch batch)
    {
        _start = Stopwatch.GetTimestamp();
        // A span of its own: the sending thread has no caller.
        Activity.Current = null;
        _activity = Source.StartActivity("ezaudit send", ActivityKind.Producer);
        if (_activity is null) return;
        _activity.SetTag("target", context.Settings.Name);
        _activity.SetTag("records", batch.Count);
        _activity.SetTag("bytes", context.Buffer.Bytes);
        _activity.SetTag("attempt", context.Failures + 1);
    }

    /// <param name="confirmed">How many records of the call were confirmed so far.</param>
    /// <param name="failure">Why the attempt failed; <see langword="null"/> if it did not.</param>
    public void End(long confirmed, Exception? failure)
    {
        if (_start == 0) return;
        context.Observer.Sent(confirmed - _confirmed, Stopwatch.GetElapsedTime(_start), failure is not null);
        _start = 0;
        _confirmed = confirmed;
        if (failure is not null) _activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
        _activity?.Dispose();
        _activity = null;
    }
}
