using EzAudit.Records;

namespace EzAudit.PostgreSql.Sending;

/// <summary>
/// Finds the outcome of an audited act as <see cref="AuditQuery.Outcome"/> does: what a field says, otherwise the function's definition,
/// otherwise the words of its name.
/// </summary>
internal static class RecordedOutcome
{
    private static readonly string[] FieldNames = ["Outcome", "Success", "Status"];
    private static readonly string[] SuccessWords = ["success", "succeeded", "successful", "ok", "true", "yes", "1", "allowed", "granted", "accepted"];
    private static readonly string[] FailureWords = ["failure", "failed", "fail", "error", "false", "no", "0", "denied", "refused", "rejected"];
    private static readonly string[] FailureNames = ["failed", "failure", "denied", "rejected"];

    public static AuditOutcome Of(AuditRecord record, AuditFunction function)
    {
        if (OfFields(record) is { } outcome) return outcome;
        if (function != new AuditFunction { Name = function.Name }) return function.Outcome;
        return function.Name.Split('-').Any(FailureNames.Contains) ? AuditOutcome.Failure : AuditOutcome.Success;
    }

    /// <summary>What a field says; <see langword="null"/> if none does.</summary>
    public static AuditOutcome? OfFields(AuditRecord record)
    {
        foreach (string name in FieldNames)
        {
            if (record[name] is not { } word) continue;
            if (SuccessWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return AuditOutcome.Success;
            if (FailureWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return AuditOutcome.Failure;
        }
        return null;
    }
}
