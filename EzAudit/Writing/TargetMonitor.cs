using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Platform;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>Tracks the health of one target. Thread-safe; a successful record costs a single check.</summary>
internal sealed class TargetMonitor(string name, LossCount losses, IClock clock, LogFile? file = null, IAuditTarget? target = null)
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private volatile AuditHealthState _state;
    private volatile string? _shortage;
    private Instant _since = clock.GetCurrentInstant();
    private string? _lastError;
    private long _failed;
    private TimeSpan _timeout = LongestTimeout;

    public string Name { get; } = name;

    /// <summary>The path of its log file; <see langword="null"/> for other targets.</summary>
    public string? Path { get; init; }

    /// <summary>The directory of its log file; <see langword="null"/> for other targets.</summary>
    public string? Directory => System.IO.Path.GetDirectoryName(Path);

    /// <summary>The size of the log file; <see langword="null"/> if there is none (yet).</summary>
    public long? FileBytes => Path is not null && new FileInfo(Path) is { Exists: true } log ? log.Length : null;

    /// <summary>The free space of its disk; <see langword="null"/> if there is no log file, or the space is unknown.</summary>
    public long? FreeBytes => Directory is { } directory ? DirectoryState.FreeBytesOf(directory) : null;

    /// <summary>The number of records that its receiver refused for good; <see langword="null"/> if it has no receiver.</summary>
    public long? DeadLetters => target?.DeadLetters;

    /// <summary>Records lost on their way to the target and not yet recorded as lost.</summary>
    public LossCount Losses { get; } = losses;

    /// <summary>Whether the last record was stored.</summary>
    public bool IsHealthy => _state == AuditHealthState.Healthy;

    /// <summary>Why the remaining space is reserved for required functions; <see langword="null"/> if there is enough.</summary>
    public string? Shortage
    {
        get => _shortage;
        set => _shortage = value;
    }

    public void Succeeded()
    {
        if (_state != AuditHealthState.Healthy) Change(AuditHealthState.Healthy, null);
    }

    /// <summary>Forgets the timeouts of earlier settings, which may have been shorter.</summary>
    public void ResetTimeout()
    {
        lock (_gate) _timeout = LongestTimeout;
    }

    /// <summary>Sets the timeout of a function that writes to the target; the shortest one counts.</summary>
    public void LimitTimeout(TimeSpan timeout)
    {
        lock (_gate) _timeout = timeout < _timeout ? timeout : _timeout;
    }

    /// <summary>Must be called when the target could not store a record; a fallback may have stored it.</summary>
    public void Failed(string error, bool isRescued) => Change(isRescued ? AuditHealthState.Degraded : AuditHealthState.Failing, error);

    /// <summary>Must be called when the target did not store a record in time; it may do so later.</summary>
    public void TimedOut(string error, bool isRescued) => Change(isRescued ? AuditHealthState.Degraded : AuditHealthState.Blocked, error);

    /// <summary>Notes a problem that does not prevent records from being stored.</summary>
    public void NoteProblem(string error)
    {
        lock (_gate) _lastError = error;
    }

    public AuditTargetHealth Read()
    {
        string? trouble = target?.Trouble ?? file?.Trouble ?? Shortage;
        TimeSpan age = file?.Age ?? TimeSpan.Zero;
        lock (_gate)
        {
            AuditHealthState state = trouble is not null && _state == AuditHealthState.Healthy ? AuditHealthState.Degraded : _state;
            Instant since = _since;
            if (age > _timeout && state <= AuditHealthState.Blocked)
            {
                state = AuditHealthState.Blocked;
                since = clock.GetCurrentInstant() - Duration.FromTimeSpan(age);
                trouble = string.Create(CultureInfo.InvariantCulture, $"{Path}: the disk has been busy with one call for {age.TotalSeconds:0.#} s, more than {_timeout.TotalSeconds:0.###} s: it is slow or hangs.");
            }
            return new AuditTargetHealth
            {
                Target = Name,
                State = state,
                LastError = trouble ?? _lastError,
                Since = since.ToDateTimeOffset(),
                Failed = _failed,
                Lost = Losses.Count,
                QueuedBytes = file?.QueuedBytes ?? target?.QueuedBytes ?? 0,
                DeadLetters = target?.DeadLetters ?? 0,
            };
        }
    }

    private void Change(AuditHealthState state, string? error)
    {
        lock (_gate)
        {
            if (error is not null)
            {
                _failed++;
                _lastError = error;
            }
            if (_state == state) return;
            _state = state;
            _since = clock.GetCurrentInstant();
        }
    }
}
