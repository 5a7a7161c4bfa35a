namespace EzAudit.Records;

/// <summary>A directory of log files, as it was when it was inspected. Immutable; compared by value.</summary>
public sealed record AuditLogDirectory
{
    /// <summary>Its absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it exists. If not, the other properties describe its nearest existing ancestor.</summary>
    public bool Exists { get; init; }

    /// <summary>The type of its file system, such as <c>ext4</c>; <see langword="null"/> if unknown.</summary>
    public string? FileSystem { get; init; }

    /// <summary>The free space in bytes; <see langword="null"/> if unknown.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Login and id of its owner, <c>www-data (33)</c>; <see langword="null"/> if unknown.</summary>
    public string? Owner { get; init; }

    /// <summary>Its permissions; <see langword="null"/> on Windows.</summary>
    public UnixFileMode? Mode { get; init; }
}
