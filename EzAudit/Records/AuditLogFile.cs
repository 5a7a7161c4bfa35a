namespace EzAudit.Records;

/// <summary>One file of an <see cref="AuditLog"/>, as it was when it was looked for.</summary>
/// <param name="Path">Its path; for a stream the name it was given.</param>
/// <param name="Functions">The functions whose records may be in it; <c>*</c> stands for all that have no file of their own. Empty: not known.</param>
/// <param name="IsRotated">Whether nothing is written to it any more.</param>
/// <param name="IsCompressed">Whether it is compressed by gzip. Offsets are then those of the text in it.</param>
/// <param name="Length">Its length in bytes on disk; 0 for a stream.</param>
/// <param name="CanRead">Whether its format can be read back. Searches pass over a file where not.</param>
/// <param name="SaysFunctions">Whether its format is one whose records all say which function they are of, such as json. In a classic file that several functions share they usually do, too.</param>
public sealed record AuditLogFile(
    string Path, IReadOnlyList<string> Functions, bool IsRotated, bool IsCompressed, long Length, bool CanRead = true, bool SaysFunctions = false)
{
    /// <summary>The function of a record that does not say it itself; <see langword="null"/> where there may be several.</summary>
    public string? OnlyFunction => Functions is [not "*"] ? Functions[0] : null;

    /// <summary>Tells the function of a record by its fields, where the definitions of the file's functions allow that.</summary>
    internal Func<AuditRecord, string?>? ByFields { get; init; }

    internal string? FunctionOf(AuditRecord record) => record.Function ?? OnlyFunction ?? ByFields?.Invoke(record);
}
