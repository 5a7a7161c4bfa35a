using EzAudit.Records;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Sealing.Anchors;

/// <summary>Publishes the newest checkpoint to every anchor, at once when there is the first one, then in intervals, and at a clean stop. Thread-safe.</summary>
internal sealed class AnchorPublisher : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly AnchorReport _report;
    private readonly ScheduledAnchor[] _anchors;
    private SignedCheckpoint? _newest;
    private volatile bool _isStopped;

    /// <param name="anchors">The anchors; closed with the publisher.</param>
    /// <param name="interval">The time between two checkpoints of an anchor.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Is notified when an outage of an anchor begins and ends.</param>
    public AnchorPublisher(IEnumerable<NamedAnchor> anchors, TimeSpan interval, TimeProvider time, AnchorReport report)
    {
        _report = report;
        _anchors = [.. anchors.Select(anchor => new ScheduledAnchor(anchor, interval, time, report))];
    }

    /// <summary>Requests a round at once; set by the owner of the maintenance thread.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>The state of each anchor.</summary>
    public IEnumerable<AuditTargetHealth> Health => _anchors.Select(anchor => anchor.ReadHealth());

    /// <summary>Sets the newest checkpoint. Costs one exchange, except for the first one, which is published at once.</summary>
    public void Offer(SignedCheckpoint checkpoint)
    {
        if (Interlocked.Exchange(ref _newest, checkpoint) is null) Wake();
    }

    /// <summary>Starts what is due, without waiting for it.</summary>
    /// <returns>The time until the next round; infinite if nothing is due until <see cref="Wake"/> is called.</returns>
    public TimeSpan Round()
    {
        if (_isStopped || _anchors.Length == 0 || Volatile.Read(ref _newest) is not { } newest) return Timeout.InfiniteTimeSpan;
        return _anchors.Min(anchor => anchor.TakeTurn(newest));
    }

    /// <summary>Publishes the newest checkpoint to the anchors that do not have it yet, all at the same time.</summary>
    /// <param name="patience">How long to wait.</param>
    public void PublishNow(TimeSpan patience)
    {
        if (!_isStopped) PublishLast(anchor => anchor.PublishNow, patience);
    }

    /// <summary>Publishes the newest checkpoint to the anchors that do not have it yet and closes them; waits a few seconds at most.</summary>
    public void Dispose()
    {
        if (_isStopped) return;
        _isStopped = true;
        PublishLast(anchor => anchor.Finish, StopPatience);
    }

    private void PublishLast(Func<ScheduledAnchor, Action<SignedCheckpoint?>> publish, TimeSpan patience)
    {
        SignedCheckpoint? newest = Volatile.Read(ref _newest);
        foreach (Exception failure in Errand.RunAll([.. _anchors.Select(anchor => (anchor.Title, (Action)(() => publish(anchor)(newest))))], patience))
            _report("anchor at the end", $"A checkpoint may not have been published at the end. {failure.Message}", LogLevel.Error);
    }
}

/// <summary>An anchor with the NAME of its section.</summary>
internal sealed record NamedAnchor(string Name, Extensibility.IAuditAnchor Anchor);

/// <summary>Receives a problem of an anchor, or its end.</summary>
/// <param name="kind">Identifies occurrences of the same problem.</param>
/// <param name="message">What happened.</param>
/// <param name="level">The severity in the log.</param>
internal delegate void AnchorReport(string kind, string message, LogLevel level);
