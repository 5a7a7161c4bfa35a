using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>The values of one section; an invalid or misleading value is reported with its place.</summary>
internal sealed partial class SectionValues(MergedIni ini, string section, SettingsProblems problems)
{
    /// <summary>The kind of a value that is neither a directory nor a file name.</summary>
    public const string PlainValue = "a value";

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

    /// <summary>Warns about what other ini dialects would unquote, cut or expand, but EzAudit takes literally.</summary>
    /// <remarks>It is legal, and eZ Publish also takes it literally: hence a warning, never an error.</remarks>
    /// <param name="text">The value.</param>
    /// <param name="found">The value as the warning shows it: <c>file name "a.log"</c>.</param>
    /// <param name="kind">The kind of value: <c>a directory</c>.</param>
    public void WarnAboutForeignSyntax(LocatedText text, string found, string kind)
    {
        string part = kind == PlainValue ? "value" : "name";
        foreach (string expected in ForeignSyntaxIn(text.Value, part)) problems.Warn(text.Place, found, $"{kind} {expected}");
    }

    private static IEnumerable<string> ForeignSyntaxIn(string value, string part)
    {
        string trimmed = value.Trim();
        if (trimmed.Length != value.Length) yield return $"without blanks around it; they are part of the {part}";
        if (trimmed is ['"', .., '"'] or ['\'', .., '\'']) yield return $"without quotes; they are part of the {part}";
        if (Comment().IsMatch(value)) yield return $"alone, and a comment on a line of its own; everything after \"=\" is part of the {part}";
        if (Variable().IsMatch(value)) yield return "written out; variables are not replaced";
        if (HomeDirectory().IsMatch(value)) yield return "written out; \"~\" is not replaced by a home directory";
    }

    [GeneratedRegex(@"\s(?:[;#]|//|--\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]|%[A-Za-z_][A-Za-z0-9_()]*%|\{\{", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^['""\s]*~", RegexOptions.CultureInvariant)]
    private static partial Regex HomeDirectory();
}
