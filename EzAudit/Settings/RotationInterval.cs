namespace EzAudit.Settings;

/// <summary>After which span of calendar time a log file is rotated.</summary>
internal enum RotationInterval
{
    None,
    Hourly,
    Daily,
    Weekly,
    Monthly,
}
