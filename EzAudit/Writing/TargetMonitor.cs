using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>Keeps in mind how one target does. For many threads at once; costs a record that goes well one look.</summary>
internal sealed class TargetMonitor(string name, LossCount losses, IClock clock, LogFile? file = null, IAuditTarget? target = null)
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private volatile AuditHealthState _state;
    private volatile string? _shortage;
    private Instant _since = clock.GetCurrentInstant();
    private string? _lastError;
    private long _failed;
    private TimeSpan _patience = LongestPatience;

    public string Name { get; } = name;

    /// <summary>Where its log file stands; <see langword="null"/> where it is none.</summary>
    public string? Path { get; init; }

    /// <summary>Where its log file's directory is; <see langword="null"/> where there is no log file.</summary>
    public string? Directory => System.IO.Path.GetDirectoryName(Path);

    /// <summary>How large the log file is; nothing where there is none, or none yet.</summary>
    public long? FileBytes => Path is not null && new FileInfo(Path) is { Exists: true } log ? log.Length : null;

    /// <summary>How much room the disk under it has left; nothing where there is no log file, or nobody knows.</summary>
    public long? FreeBytes => Directory is { } directory ? FreeSpace.At(directory) : null;

    /// <summary>What was lost on the way there and is not yet on record.</summary>
    public LossCount Losses { get; } = losses;

    /// <summary>Whether the last record was stored.</summary>
    public bool Stores => _state == AuditHealthState.Healthy;

    /// <summary>Why the room that is left is kept back for functions that must be written; <see langword="null"/> where there is enough.</summary>
    public string? Shortage
    {
        get => _shortage;
        set => _shortage = value;
    }

    public void Succeeded()
    {
        if (_state != AuditHealthState.Healthy) Change(AuditHealthState.Healthy, null);
    }

    /// <summary>Forgets the waits of an earlier reading of the settings, whose functions may have waited less long.</summary>
    public void ForgetWaits()
    {
        lock (_gate) _patience = LongestPatience;
    }

    /// <summary>A function that writes there waits no longer than this; the shortest wait of all counts.</summary>
    public void Waits(TimeSpan timeout)
    {
        lock (_gate) _patience = timeout < _patience ? timeout : _patience;
    }

    /// <summary>A record could not be stored there; another target may have taken it instead.</summary>
    public void Failed(string error, bool isRescued) => Change(isRescued ? AuditHealthState.Degraded : AuditHealthState.Failing, error);

    /// <summary>A record was not stored there in time, and may be stored later.</summary>
    public void WasLate(string error, bool isRescued) => Change(isRescued ? AuditHealthState.Degraded : AuditHealthState.Blocked, error);

    /// <summary>Something is wrong there though records are stored.</summary>
    public void Noticed(string error)
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
            if (age > _patience && state <= AuditHealthState.Blocked)
            {
                state = AuditHealthState.Blocked;
                since = clock.GetCurrentInstant() - Duration.FromTimeSpan(age);
                trouble = string.Create(CultureInfo.InvariantCulture, $"{Path}: found the disk busy with one call for {age.TotalSeconds:0.#} s, expected at most {_patience.TotalSeconds:0.###} s: it is slow or hangs.");
            }
            return new AuditTargetHealth(
                Name, state, trouble ?? _lastError, since.ToDateTimeOffset(), _failed, Losses.Count, file?.QueuedBytes ?? target?.QueuedBytes ?? 0);
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
