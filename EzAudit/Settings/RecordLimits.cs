namespace EzAudit.Settings;

/// <summary>How large a record may be; what is over is cut and marked.</summary>
internal sealed record RecordLimits
{
    public int MaxFieldBytes { get; init; } = 1 << 20;

    public int MaxRecordBytes { get; init; } = 4 << 20;

    public int MaxFields { get; init; } = 1000;
}
