namespace EzAudit.Settings.Model;

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

/// <summary>After which span of calendar time a log file is rotated.</summary>
internal enum RotationInterval
{
    None,
    Hourly,
    Daily,
    Weekly,
    Monthly,
}

/// <summary>What a rotated file is called.</summary>
internal enum RotationNaming
{
    /// <summary><c>login.log.2026-11-22.1</c></summary>
    Dated,

    /// <summary><c>login.log.1</c> is the newest, as in eZ Publish.</summary>
    Numbered,
}
