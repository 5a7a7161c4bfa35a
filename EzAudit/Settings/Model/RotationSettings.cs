namespace EzAudit.Settings.Model;

/// <summary>When a log file is rotated, how rotated files are named, and how many are kept.</summary>
internal sealed record RotationSettings
{
    /// <summary>A file larger than this is rotated before the next record; 0: never by size.</summary>
    public long MaxFileSize { get; init; } = 64L << 20;

    public RotationInterval Interval { get; init; } = RotationInterval.None;

    public RotationNaming Naming { get; init; } = RotationNaming.Dated;

    /// <summary>How many rotated files are kept; <see langword="null"/>: all.</summary>
    public int? KeepFiles { get; init; }

    /// <summary>For how many days rotated files are kept; <see langword="null"/>: forever.</summary>
    public int? KeepDays { get; init; }

    /// <summary>Rotated files younger than this are never deleted, regardless of other settings.</summary>
    public int MinKeepDays { get; init; }

    public bool Compress { get; init; }
}

/// <summary>The calendar interval at which a log file is rotated.</summary>
internal enum RotationInterval
{
    None,
    Hourly,
    Daily,
    Weekly,
    Monthly,
}

/// <summary>How rotated files are named.</summary>
internal enum RotationNaming
{
    /// <summary><c>login.log.2026-11-22.1</c></summary>
    Dated,

    /// <summary><c>login.log.1</c> is the newest, as in eZ Publish.</summary>
    Numbered,
}
