namespace EzAudit.Records;

/// <summary>One file of an <see cref="AuditLog"/>, as it was when it was found.</summary>
/// <param name="Path">Its path; for a stream, the name it was given.</param>
/// <param name="Functions">The functions whose records it may contain; <c>*</c> stands for all that have no file of their own. Empty if unknown.</param>
/// <param name="IsRotated">Whether it was rotated, so that nothing is written to it any more.</param>
/// <param name="IsCompressed">Whether it is compressed with gzip. Offsets then refer to the decompressed text.</param>
/// <param name="Length">Its length in bytes on disk; 0 for a stream.</param>
/// <param name="CanRead">Whether its format can be read back. Searches skip files that cannot be.</param>
/// <param name="SaysFunctions">Whether all records in its format name their function, as in json. Records in a classic file shared by several functions usually do, too.</param>
public sealed record AuditLogFile(
    string Path, IReadOnlyList<string> Functions, bool IsRotated, bool IsCompressed, long Length, bool CanRead = true, bool SaysFunctions = false)
{
    /// <summary>The function of records that do not name one; <see langword="null"/> if there may be several.</summary>
    public string? OnlyFunction => Functions is [not "*"] ? Functions[0] : null;

    /// <summary>Determines the function of a record by the names of its fields, if the definitions of the file's functions allow that.</summary>
    internal Func<IReadOnlyList<string>, string?>? ByFields { get; init; }

    internal string? FunctionOf(AuditRecord record) =>
        record.Function ?? OnlyFunction ?? ByFields?.Invoke([.. record.Fields.Select(field => field.Name)]);
}
