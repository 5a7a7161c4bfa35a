using System.Text.RegularExpressions;

namespace EzAudit.Settings.Ini;

/// <summary>Explains why a line is not a section, setting or comment; eZ Publish silently skips such lines.</summary>
internal static partial class IniNearMiss
{
    private const string NeverASetting = "#;/<*";

    /// <summary>The mistake, as a warning if the line does not even resemble a setting; <see langword="null"/> for wrappers such as <c>&lt;?php /*</c>.</summary>
    public static (string Found, string Expected, bool IsWarning)? Explain(string line)
    {
        string trimmed = line.Trim();
        if (AfterPhp().IsMatch(trimmed)) return (Quoted.Text(line), "the first section on the line below \"<?php /*\"", false);
        if (NeverASetting.Contains(trimmed[0], StringComparison.Ordinal) || trimmed == "?>") return null;

        string found = Quoted.Text(line);
        if (trimmed[0] == '[') return (found, ExpectedSection(line, trimmed), false);
        if (trimmed.Contains('=', StringComparison.Ordinal) || NameAndBracket().IsMatch(trimmed)) return (found, ExpectedSetting(line, trimmed), false);
        return (found, "a section, a setting, or \"#\" at the start of a comment", true);
    }

    /// <summary>Whether parts separated by CR are lines of their own. eZ Publish would join them and so lose one, such as a setting after a comment.</summary>
    public static bool IsSeveralLines(string[] parts) => IsLine(parts[0]) && parts.Skip(1).Any(part => LooksLikeALine().IsMatch(part));

    private static bool IsLine(string text) =>
        text.Trim() is not [var first, ..] || NeverASetting.Contains(first, StringComparison.Ordinal) || LooksLikeALine().IsMatch(text);

    private static string ExpectedSection(string line, string trimmed)
    {
        int end = trimmed.IndexOf(']', StringComparison.Ordinal);
        if (end < 0) return "\"]\" after the name of the section";
        if (trimmed[1..end].Trim().Length == 0) return "the name of a section between \"[\" and \"]\"";
        string section = Quoted.Text(trimmed[..(end + 1)]);
        return char.IsWhiteSpace(line[0]) ? $"{section} at the start of the line" : $"{section} alone on its line; a comment has a line of its own";
    }

    private static string ExpectedSetting(string line, string trimmed)
    {
        if (char.IsWhiteSpace(line[0])) return $"{Quoted.Text(trimmed)} at the start of the line";
        if (BlankBeforeEquals().Match(line) is { Success: true } blank) return $"{Quoted.Text(blank.Groups[1].Value + "=")} without a blank before \"=\"";
        if (BlankAfterReset().Match(line) is { Success: true } reset) return $"{Quoted.Text(reset.Groups[1].Value)} with nothing after it";
        if (SecondBracket().IsMatch(line)) return "one \"[...]\" after the name";
        if (NoValue().Match(line) is { Success: true } entry) return $"{Quoted.Text(entry.Groups[1].Value + "=VALUE")}";
        return "NAME=VALUE; a NAME has letters, digits, \"_\", \"*\", \"@\" and \"-\" only";
    }

    [GeneratedRegex(@"^<\?php\s*/\*\s*(?:#\?ini[^?]*\?)?\s*\[", RegexOptions.CultureInvariant)]
    private static partial Regex AfterPhp();

    [GeneratedRegex(@"^\s*(?:\[[^\]]+\]|[A-Za-z0-9_*@-]+(?:\[[^\]]*\])?\s*=)", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeALine();

    [GeneratedRegex(@"^[A-Za-z0-9_*@-]+\[", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndBracket();

    [GeneratedRegex(@"^([A-Za-z0-9_*@-]+(?:\[[^\]]*\])?)\s+=", RegexOptions.CultureInvariant)]
    private static partial Regex BlankBeforeEquals();

    [GeneratedRegex(@"^([A-Za-z0-9_*@-]+\[\])\s", RegexOptions.CultureInvariant)]
    private static partial Regex BlankAfterReset();

    [GeneratedRegex(@"^[A-Za-z0-9_*@-]+\[[^\]]*\]\[", RegexOptions.CultureInvariant)]
    private static partial Regex SecondBracket();

    [GeneratedRegex(@"^([A-Za-z0-9_*@-]+\[[^\]]+\])\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NoValue();
}
