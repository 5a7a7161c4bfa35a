namespace EzAudit.Settings;

/// <summary>When a log file is full, what it is then called, and how many are kept.</summary>
internal sealed record RotationSettings
{
    /// <summary>A file larger than this is rotated before the next record; 0: never by size.</summary>
    public long MaxFileSize { get; init; } = 64L << 20;

    public RotationInterval Interval { get; init; } = RotationInterval.None;

    public RotationNaming Naming { get; init; } = RotationNaming.Dated;

    /// <summary>How many rotated files are kept; <see langword="null"/>: all.</summary>
    public int? KeepFiles { get; init; }

    /// <summary>For how many days rotated files are kept; <see langword="null"/>: for ever.</summary>
    public int? KeepDays { get; init; }

    /// <summary>Younger rotated files are never deleted, whatever else is set.</summary>
    public int MinKeepDays { get; init; }

    public bool Compress { get; init; }
}
