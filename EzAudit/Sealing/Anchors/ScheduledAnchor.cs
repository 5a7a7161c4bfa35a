using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Sealing.Anchors;

/// <summary>One anchor of a publisher: which checkpoint it has, when it is due, and how it is. Its calls run on a thread of their own, because they may hang.</summary>
internal sealed class ScheduledAnchor
{
    // A call that takes longer counts as an outage.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private readonly IAuditAnchor _anchor;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly AnchorReport _report;
    private readonly Errand _errand;
    // Held during a call, which may take forever; the other one never is.
    private readonly Lock _call = new();
    private readonly Lock _gate = new();
    private SignedCheckpoint? _next;
    private Checkpoint? _published;
    private long? _turn;
    private long? _callStart;
    private bool _isClosed;
    private string? _outage;
    private string? _lastError;
    private string? _reportedTrouble;
    private DateTimeOffset _since;
    private long _failed;

    public ScheduledAnchor(NamedAnchor anchor, TimeSpan interval, TimeProvider time, AnchorReport report)
    {
        Title = $"anchor {anchor.Name}";
        _anchor = anchor.Anchor;
        _interval = interval;
        _time = time;
        _report = report;
        _since = time.GetUtcNow();
        _errand = new Errand($"EzAudit {Title}", PublishNext);
    }

    /// <summary>Its name in health reports: <c>anchor NAME</c>.</summary>
    public string Title { get; }

    /// <summary>A checkpoint as anchors see it.</summary>
    public static AuditCheckpoint PublicFormOf(SignedCheckpoint checkpoint) => new()
    {
        Origin = checkpoint.Checkpoint.Origin,
        Size = checkpoint.Checkpoint.Size,
        Root = checkpoint.Checkpoint.Root.ToString(),
        Note = checkpoint.Note,
        Line = checkpoint.Line,
    };

    /// <summary>Starts publishing if the anchor is due and does not have the newest checkpoint.</summary>
    /// <returns>The time until something may be due.</returns>
    public TimeSpan TakeTurn(SignedCheckpoint newest)
    {
        NoteTrouble();
        if (NoteCall() is { } left) return left;
        if (_turn is { } turn && _time.GetElapsedTime(turn) is { } elapsed && elapsed < _interval) return _interval - elapsed;
        // Between two calls, the thread of the last one may be about to end, or that of the next one to begin.
        if (_errand.IsRunning) return Soon;
        _turn = _time.GetTimestamp();
        Volatile.Write(ref _next, newest);
        // If no thread can be started, the next turn tries again.
        if (newest.Checkpoint != Volatile.Read(ref _published)) _errand.TryStart();
        return _interval < Patience ? _interval : Patience;
    }

    /// <summary>Publishes a checkpoint if the anchor does not have it, waiting for a call in progress.</summary>
    public void PublishNow(SignedCheckpoint? newest)
    {
        if (newest is not null) Volatile.Write(ref _next, newest);
        PublishNext();
    }

    /// <summary>Publishes a last checkpoint if the anchor does not have it, and closes the anchor; waits for a call in progress.</summary>
    public void Finish(SignedCheckpoint? newest)
    {
        lock (_call)
        {
            PublishNow(newest);
            _isClosed = true;
            _anchor.Dispose();
        }
    }

    public AuditTargetHealth ReadHealth()
    {
        string? trouble = _anchor.Trouble;
        lock (_gate)
        {
            return new AuditTargetHealth
            {
                Target = Title,
                State = _outage is not null || trouble is not null ? AuditHealthState.Degraded : AuditHealthState.Healthy,
                LastError = _outage ?? trouble ?? _lastError,
                Since = _since,
                Failed = _failed,
            };
        }
    }

    private void PublishNext()
    {
        lock (_call)
        {
            if (_isClosed || Volatile.Read(ref _next) is not { } next || next.Checkpoint == Volatile.Read(ref _published)) return;
            lock (_gate) _callStart = _time.GetTimestamp();
            string? error = Publish(next);
            lock (_gate) _callStart = null;
            if (error is null)
            {
                Volatile.Write(ref _published, next.Checkpoint);
                EndOutage();
            }
            else
            {
                lock (_gate) _failed++;
                BeginOutage($"The checkpoint of size {next.Checkpoint.Size.ToString(CultureInfo.InvariantCulture)} was not published. {error}");
            }
        }
    }

    // Returns why it failed.
    private string? Publish(SignedCheckpoint checkpoint)
    {
        try
        {
            _anchor.Publish(PublicFormOf(checkpoint));
            return null;
        }
        catch (Exception failure)
        {
            // Catches any exception, because it may be a plugin's code, and an unhandled exception would end the process.
            return failure.Message;
        }
    }

    // Returns the time until a call in progress counts as an outage, or is looked at again; null if there is none.
    private TimeSpan? NoteCall()
    {
        long? start;
        lock (_gate) start = _callStart;
        if (start is not { } began) return null;
        TimeSpan elapsed = _time.GetElapsedTime(began);
        if (elapsed < Patience) return Patience - elapsed < _interval ? Patience - elapsed : _interval;
        BeginOutage(string.Create(CultureInfo.InvariantCulture, $"A checkpoint is not published after {elapsed.TotalSeconds:0} s: the anchor is slow or hangs."));
        return _interval;
    }

    // The anchor itself tells of trouble that is not the failure of a call.
    private void NoteTrouble()
    {
        string? trouble = _anchor.Trouble;
        if (trouble is null == _reportedTrouble is null) return;
        if (trouble is not null) Report(trouble, LogLevel.Error);
        else Report("The trouble is over.", LogLevel.Information);
        lock (_gate)
        {
            if (_outage is null) _since = _time.GetUtcNow();
            _lastError = trouble ?? _lastError;
        }
        _reportedTrouble = trouble;
    }

    private void BeginOutage(string problem)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _outage is null;
            if (isNew) _since = _time.GetUtcNow();
            _outage = _lastError = problem;
        }
        if (isNew) Report(problem, LogLevel.Error);
    }

    private void EndOutage()
    {
        DateTimeOffset since;
        lock (_gate)
        {
            if (_outage is null) return;
            since = _since;
            _outage = null;
            _since = _time.GetUtcNow();
        }
        Report($"Checkpoints are published again, after an outage since {since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC.", LogLevel.Information);
    }

    private void Report(string message, LogLevel level) => _report($"{Title}: {level}", $"{Title}: {message}", level);
}
