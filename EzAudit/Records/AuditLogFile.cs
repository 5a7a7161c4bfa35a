namespace EzAudit.Records;

/// <summary>One file of an <see cref="AuditLogReader"/>, as it was when it was found. Immutable.</summary>
public sealed class AuditLogFile
{
    /// <summary>Its path; for a stream, the name it was given.</summary>
    public required string Path { get; init; }

    /// <summary>The functions whose records it may contain; <c>*</c> stands for all that have no file of their own. Empty if unknown.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Whether it is a rotated file, which no writer appends to any more.</summary>
    public bool IsRotated { get; init; }

    /// <summary>Whether it is compressed with gzip. Offsets then refer to the decompressed text.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Its length in bytes on disk; 0 for a stream.</summary>
    public long Length { get; init; }

    /// <summary>Whether its format can be read back. Searches skip files that cannot be.</summary>
    public bool CanRead { get; init; } = true;

    /// <summary>
    /// Whether all records in its format name their function, as in json. Records in a classic file shared by several functions usually do as well.
    /// </summary>
    public bool SaysFunctions { get; init; }

    /// <summary>The function of records that do not name one; <see langword="null"/> if there may be several.</summary>
    public string? OnlyFunction => Functions is [not "*"] ? Functions[0] : null;

    /// <summary>Determines the function of a record by the names of its fields, if the definitions of the file's functions allow that.</summary>
    internal Func<IReadOnlyList<string>, string?>? ByFields { get; init; }

    internal string? FunctionOf(AuditRecord record) =>
        record.Function ?? OnlyFunction ?? ByFields?.Invoke([.. record.Fields.Select(field => field.Name)]);
}
