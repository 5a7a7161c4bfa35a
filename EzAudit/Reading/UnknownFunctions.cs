using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Records of one file that do not say which of its functions they are of, where the answer depends on it.</summary>
internal static class UnknownFunctions
{
    private const int Named = 5;

    /// <param name="file">Their file.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="offset">Where the first one is.</param>
    public static AuditLogProblem Problem(AuditLogFile file, long count, long offset)
    {
        string functions = file.Functions.Count == 0 || file.Functions.Contains("*") ? "any function" : Join(file.Functions);
        string found = $"{count} record{(count == 1 ? "" : "s")} may be of {functions}: {(count == 1 ? "it does" : "they do")} not say which";
        return new AuditLogProblem(file.Path, offset, 0, AuditLogProblemKind.UnknownFunction, found);
    }

    private static string Join(IReadOnlyList<string> functions)
    {
        if (functions.Count > Named) return $"{string.Join(", ", functions.Take(Named))} and {functions.Count - Named} more";
        return $"{string.Join(", ", functions.SkipLast(1))} or {functions[^1]}";
    }
}
