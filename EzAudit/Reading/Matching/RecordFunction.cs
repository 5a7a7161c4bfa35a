using System.Text;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Finds the function of the records of one file in place, as <see cref="AuditFoundRecord.Function"/> does. Not thread-safe.</summary>
internal sealed class RecordFunction(AuditLogFile file)
{
    private readonly ByteTable _names = new();
    private readonly List<string?> _functions = [];

    public string? Of(in RecordView view) =>
        (view.Syntax.TryFindFunction(view, out ReadOnlySpan<byte> name) ? OfName(view.Syntax, name) : null)
        ?? file.OnlyFunction ?? (file.ByFields is { } byFields ? byFields(FieldNames(view)) : null);

    private string? OfName(RecordSyntax syntax, ReadOnlySpan<byte> name)
    {
        int number = _names.NumberOf(name);
        if (number == _functions.Count) _functions.Add(syntax.ReadFunction(name));
        return _functions[number];
    }

    private static List<string> FieldNames(in RecordView view)
    {
        var names = new List<string>();
        for (RecordFields fields = view.Fields; fields.MoveNext();) names.Add(view.ReadText(fields.Name));
        return names;
    }
}

/// <summary>Reads the outcome of the audited act from the fields of a record.</summary>
internal static class RecordOutcome
{
    // The fields that state it; the first one with a known word decides.
    private static readonly byte[][] FieldNames = [.. new[] { "Outcome", "Success", "Status" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly string[] SuccessWords = ["success", "succeeded", "successful", "ok", "true", "yes", "1", "allowed", "granted", "accepted"];
    private static readonly string[] FailureWords = ["failure", "failed", "fail", "error", "false", "no", "0", "denied", "refused", "rejected"];

    public static AuditOutcome? Of(in RecordView view)
    {
        foreach (byte[] name in FieldNames)
        {
            if (view.TryFindValue(name, out ReadOnlySpan<byte> word) && OfWord(view.ReadText(word)) is { } outcome) return outcome;
        }
        return null;
    }

    private static AuditOutcome? OfWord(string word)
    {
        if (SuccessWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return AuditOutcome.Success;
        return FailureWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? AuditOutcome.Failure : null;
    }
}
