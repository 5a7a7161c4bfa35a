using System.Text;
using EzAudit.Formats.Classic;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Reads the outcome of the audited act from the fields of a record.</summary>
internal static class RecordOutcome
{
    /// <summary>The fields that state it; the first one with a known word decides.</summary>
    public static readonly IReadOnlyList<string> FieldNames = ["Outcome", "Success", "Status"];

    private static readonly byte[][] Utf8Names = [.. FieldNames.Select(Encoding.UTF8.GetBytes)];

    private static readonly string[] SuccessWords = ["success", "succeeded", "successful", "ok", "true", "yes", "1", "allowed", "granted", "accepted"];
    private static readonly string[] FailureWords = ["failure", "failed", "fail", "error", "false", "no", "0", "denied", "refused", "rejected"];

    public static AuditOutcome? Of(AuditRecord record)
    {
        foreach (string name in FieldNames)
        {
            if (record[name] is { } word && OfWord(word) is { } outcome) return outcome;
        }
        return null;
    }

    /// <summary>The outcome of a record that is read in place.</summary>
    public static AuditOutcome? Of(in ClassicView view)
    {
        foreach (byte[] name in Utf8Names)
        {
            if (view.TryFindValue(name, out ReadOnlySpan<byte> word)
                && OfWord(ClassicText.ReadLines(word, ClassicView.LineEnd(view.LineEndLength))) is { } outcome)
                return outcome;
        }
        return null;
    }

    private static AuditOutcome? OfWord(string word)
    {
        if (SuccessWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return AuditOutcome.Success;
        return FailureWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? AuditOutcome.Failure : null;
    }
}
