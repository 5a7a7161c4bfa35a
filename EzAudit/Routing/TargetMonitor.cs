using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit.Routing;

/// <summary>Keeps in mind how one target does. For many threads at once; costs a record that goes well one look.</summary>
internal sealed class TargetMonitor(string name, LossCount losses, IClock clock, LogFile? file = null, IAuditTarget? target = null)
{
    private readonly Lock _gate = new();
    private volatile AuditHealthState _state;
    private volatile string? _shortage;
    private Instant _since = clock.GetCurrentInstant();
    private string? _lastError;
    private long _failed;

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

    /// <summary>A record could not be stored there; another target may have taken it instead.</summary>
    public void Failed(string error, bool isRescued) => Change(isRescued ? AuditHealthState.Degraded : AuditHealthState.Failing, error);

    /// <param name="patience">A sync that takes longer blocks the target.</param>
    public AuditTargetHealth Read(TimeSpan patience)
    {
        string? trouble = target?.Trouble ?? file?.Trouble ?? Shortage;
        bool isBlocked = file is not null && file.SyncAge > patience;
        lock (_gate)
        {
            AuditHealthState state = isBlocked && _state < AuditHealthState.Blocked ? AuditHealthState.Blocked : _state;
            if (trouble is not null && state == AuditHealthState.Healthy) state = AuditHealthState.Degraded;
            return new AuditTargetHealth(
                Name, state, trouble ?? _lastError, _since.ToDateTimeOffset(), _failed, Losses.Count, file?.QueuedBytes ?? target?.QueuedBytes ?? 0);
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
