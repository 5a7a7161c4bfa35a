namespace EzAudit.Records;

/// <summary>How far a long reading has come. Immutable.</summary>
public sealed record AuditReadProgress
{
    /// <summary>The number of bytes of the files on disk that are done, including those that were skipped.</summary>
    public long BytesRead { get; init; }

    /// <summary>The total number of bytes of the files on disk; 0 for a stream.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of bytes skipped because they are outside the requested time range.</summary>
    public long SkippedBytes { get; init; }
}
