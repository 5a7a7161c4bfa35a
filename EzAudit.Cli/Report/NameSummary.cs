namespace EzAudit.Cli.Report;

/// <summary>Summarizes a set of names: how many there are, and the first few of them.</summary>
internal static class NameSummary
{
    private const int MaxNames = 3;

    public static string Of(IReadOnlyCollection<string> texts, string what)
    {
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string plural = what.EndsWith('s') ? what + "es" : what + "s";
        string names = string.Join(", ", distinct.Take(MaxNames)) + (distinct.Length > MaxNames ? " ..." : "");
        return distinct.Length == 1 ? $"{what} {names}" : $"{distinct.Length} {plural}: {names}";
    }
}
