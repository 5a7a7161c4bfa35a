using System.Diagnostics.CodeAnalysis;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>The values of one section; an invalid value is reported with its place.</summary>
internal sealed class SectionValues(MergedIni ini, string section, SettingsProblems problems)
{
    public string Section => section;

    public SettingsProblems Problems => problems;

    /// <summary>The value, whatever its kind; <see langword="null"/> if it is not set.</summary>
    public IniValue? Find(string key) => ini.Find(section, key);

    /// <summary>The parsed value of a text; <paramref name="absent"/> if it is not set or invalid.</summary>
    public T Read<T>(string key, ValueRule<T> rule, T absent)
    {
        if (!TryText(key, out LocatedText? text)) return absent;
        if (rule.TryParse(text.Value, out T? value)) return value;
        problems.Add(text.Place, Quoted.Text(text.Value), rule.Expected);
        return absent;
    }

    /// <summary>Gets a text; <see langword="false"/> if it is not set or is an array.</summary>
    public bool TryText(string key, [NotNullWhen(true)] out LocatedText? text)
    {
        text = null;
        if (Find(key) is not { } value) return false;
        if (value.Text is { } found && value.Entries.Count == 0)
        {
            text = found;
            return true;
        }
        SettingsPlace place = value.Entries.Count > 0 ? value.Entries[0].Place : value.Place;
        problems.Add(place, $"array {key}[]", $"one text: {key}=VALUE");
        return false;
    }

    /// <summary>Gets the entries of an array; <see langword="false"/> if it is not set or is a text.</summary>
    public bool TryEntries(string key, [NotNullWhen(true)] out IReadOnlyList<LocatedText>? entries)
    {
        entries = null;
        if (Find(key) is not { } value) return false;
        if (value.Text is { } text)
        {
            problems.Add(text.Place, $"text {Quoted.Text(text.Value)}", $"an array: {key}[...]=VALUE");
            return false;
        }
        entries = value.Entries;
        return true;
    }

    /// <summary>The distinct values of a list; <paramref name="absent"/> if it is not set.</summary>
    public IReadOnlyList<string> ReadList(string key, IReadOnlyList<string> absent) =>
        TryEntries(key, out IReadOnlyList<LocatedText>? entries) ? [.. entries.Select(entry => entry.Value).Distinct(StringComparer.Ordinal)] : absent;
}
