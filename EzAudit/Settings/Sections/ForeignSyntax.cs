using System.Text.RegularExpressions;
using EzAudit.Settings.Ini;

namespace EzAudit.Settings.Sections;

/// <summary>Finds values that other ini dialects would unquote, cut or expand, but that EzAudit takes literally.</summary>
/// <remarks>They are legal, and eZ Publish also takes them literally: hence a warning, never an error.</remarks>
internal static partial class ForeignSyntax
{
    /// <summary>The kind of a value that is neither a directory nor a file name.</summary>
    public const string Value = "a value";

    /// <summary>Warns about each construct of another dialect in a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="found">The value as the warning shows it: <c>file name "a.log"</c>.</param>
    /// <param name="kind">The kind of value: <c>a directory</c>.</param>
    /// <param name="problems">Receives the warnings.</param>
    public static void WarnAbout(LocatedText text, string found, string kind, SettingsProblems problems)
    {
        string part = kind == Value ? "value" : "name";
        foreach (string expected in Expected(text.Value, part)) problems.Warn(text.Place, found, $"{kind} {expected}");
    }

    private static IEnumerable<string> Expected(string value, string part)
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
