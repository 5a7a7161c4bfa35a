using System.Globalization;

namespace EzAudit.Records;

/// <summary>The rule for function names: any text of 1 to 128 characters without control characters.</summary>
internal static class AuditFunctionName
{
    public const int MaxLength = 128;
    public const string Wanted = "1 to 128 characters, none of them a control character";

    public static bool IsValid(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxLength) return false;
        foreach (char c in name)
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) return false;
        }
        return true;
    }
}
