using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EzAudit.Settings.Model;
using NodaTime.Text;

namespace EzAudit.Storage.Rotating;

/// <summary>The name of a rotated file: <c>login.log.2026-11-22.1</c>, <c>login.log.2026-11-22-13.1</c> or <c>login.log.1</c>, with or without <c>.gz</c>.</summary>
/// <param name="LogFile">The name of the log file.</param>
/// <param name="Date">The date, with the hour for hourly rotation; empty in a numbered name.</param>
/// <param name="Number">Counts from 1: upwards within a date; in numbered names, from the newest to the oldest.</param>
/// <param name="IsCompressed">Whether the name ends in <c>.gz</c>.</param>
internal sealed record RotatedName(string LogFile, string Date, int Number, bool IsCompressed = false)
{
    private const string Suffix = ".gz";
    private const int DateLength = 10;
    private const int MaxDigits = 9;

    /// <summary>Whether the name belongs to numbered naming.</summary>
    public bool IsNumbered => Date.Length == 0;

    /// <summary>Lists the rotated files of a log file, compressed or not, in either naming.</summary>
    public static IReadOnlyList<RotatedName> List(ILogDirectory directory, string logFile)
    {
        var names = new List<RotatedName>();
        foreach (string sibling in directory.ListSiblings(logFile))
        {
            if (TryParse(logFile, sibling, out RotatedName? name)) names.Add(name);
        }
        return names;
    }

    /// <summary>Orders names from the newest to the oldest. Names of the other naming are older: they predate a change of the setting.</summary>
    public static IOrderedEnumerable<RotatedName> FromNewest(IEnumerable<RotatedName> names, RotationNaming naming) => names
        .OrderByDescending(file => file.IsNumbered == (naming == RotationNaming.Numbered))
        .ThenByDescending(file => file.Date, StringComparer.Ordinal)
        .ThenByDescending(file => file.IsNumbered ? -file.Number : file.Number);

    /// <summary>Parses the name of a file beside the log file. Returns false for any name that this class would not produce.</summary>
    public static bool TryParse(string logFile, string sibling, [NotNullWhen(true)] out RotatedName? name)
    {
        name = null;
        string stem = logFile[(logFile.LastIndexOf('/') + 1)..] + ".";
        if (!sibling.StartsWith(stem, StringComparison.Ordinal)) return false;
        bool isCompressed = sibling.EndsWith(Suffix, StringComparison.Ordinal);
        string rest = sibling[stem.Length..Math.Max(stem.Length, sibling.Length - (isCompressed ? Suffix.Length : 0))];
        int dot = rest.LastIndexOf('.');
        string date = dot < 0 ? "" : rest[..dot];
        if ((dot >= 0 && !IsDate(date)) || !TryNumber(rest[(dot + 1)..], out int number)) return false;
        name = new RotatedName(logFile, date, number, isCompressed);
        return true;
    }

    public override string ToString()
    {
        string number = Number.ToString(CultureInfo.InvariantCulture);
        return $"{LogFile}.{(IsNumbered ? number : $"{Date}.{number}")}{(IsCompressed ? Suffix : "")}";
    }

    private static bool IsDate(string text) => text.Length switch
    {
        DateLength => LocalDatePattern.Iso.Parse(text).Success,
        DateLength + 3 => LocalDatePattern.Iso.Parse(text[..DateLength]).Success
            && text[DateLength] == '-' && int.TryParse(text[(DateLength + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int hour) && hour < 24,
        _ => false,
    };

    private static bool TryNumber(string text, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= MaxDigits && text[0] != '0' && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
