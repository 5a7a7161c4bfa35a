using System.Text.RegularExpressions;
using EzAudit.Records;
using IniParser.Model;
using IniParser.Parser;

namespace EzAudit.Settings.Ini;

/// <summary>Parses eZ Publish's ini dialect with ini-parser: every line becomes an operation with its place, a problem, or nothing.</summary>
internal sealed partial class IniFileParser : IniDataParser
{
    public const int MaxKeys = 10_000;
    public const int MaxProblems = 100;
    private const string Blanks = " \t\v\f\0";

    private readonly string _file;
    private readonly List<LocatedText> _sections = [];
    private readonly List<IniOperation> _operations = [];
    private readonly List<IniProblem> _problems;
    private string? _section;
    private int _line;
    private bool _isFull;

    private IniFileParser(string file, IReadOnlyList<IniProblem> problems)
    {
        _file = file;
        _problems = [.. problems];
    }

    public static IniFile Parse(string file, IniText text)
    {
        var parser = new IniFileParser(file, text.Problems);
        // The result of ini-parser itself is not used: it keeps neither the places nor the order of array operations.
        _ = parser.Parse(text.Text);
        return new IniFile(file, parser._sections, parser._operations, parser._problems);
    }

    protected override void ProcessLine(string currentLine, IniData currentIniData)
    {
        _line++;
        if (_isFull || LineContainsAComment(currentLine)) return;
        int note = currentLine.LastIndexOf("##", StringComparison.Ordinal);
        if (note > 0) currentLine = currentLine[..note];
        if (string.IsNullOrWhiteSpace(currentLine)) return;

        if (LineMatchesASection(currentLine)) ProcessSection(currentLine, currentIniData);
        else if (LineMatchesAKeyValuePair(currentLine)) ProcessKeyValuePair(currentLine, currentIniData);
        else if (IniNearMiss.Explain(currentLine) is { } miss) Report(currentLine, miss.Found, miss.Expected, miss.IsWarning);

        if (_problems.Count >= MaxProblems) GiveUp("a file with fewer mistakes; the rest of it was not read", $"{_problems.Count} problems in this file");
        else if (_operations.Count > MaxKeys) GiveUp("at most 10 000 of them; the rest of the file was not read", "more than 10 000 settings");
    }

    protected override bool LineContainsAComment(string line) => line.StartsWith('#');

    protected override bool LineMatchesASection(string line) => SectionLine().IsMatch(line);

    protected override void ProcessSection(string line, IniData currentIniData)
    {
        _section = SectionLine().Match(line).Groups[1].Value.Trim([.. Blanks]);
        _sections.Add(new LocatedText(_section, Place));
    }

    protected override bool LineMatchesAKeyValuePair(string line) => ResetLine().IsMatch(line) || SettingLine().IsMatch(line);

    protected override void ProcessKeyValuePair(string line, IniData currentIniData)
    {
        if (_section is null)
        {
            Report(line, $"{Quoted.Text(line)} before any section", "a section such as [AuditSettings] above it");
            return;
        }
        if (ResetLine().Match(line) is { Success: true } reset)
        {
            _operations.Add(new IniOperation(_section, reset.Groups[1].Value, "", null, Place));
            return;
        }
        Match setting = SettingLine().Match(line);
        string? entry = setting.Groups[2].Success ? setting.Groups[2].Value : null;
        string value = WithoutPhpEnd(line, setting.Groups[3].Value);
        _operations.Add(new IniOperation(_section, setting.Groups[1].Value, entry, value, Place));
    }

    private SettingsPlace Place => new(_file, _line);

    private string WithoutPhpEnd(string line, string value)
    {
        Match end = PhpEnd().Match(value);
        if (!end.Success) return value;
        Report(line, Quoted.Text(value), "the end of the PHP comment, \"*/ ?>\", on a line of its own");
        return value[..end.Index];
    }

    private void Report(string? line, string found, string expected, bool isWarning = false) =>
        _problems.Add(new IniProblem(line, new AuditSettingsProblem(_file, _line, found, expected) { IsWarning = isWarning }));

    private void GiveUp(string expected, string found)
    {
        _isFull = true;
        Report(null, found, expected);
    }

    [GeneratedRegex(@"^\[(.*[^ \t\v\f\0].*)\][ \t\v\f]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SectionLine();

    [GeneratedRegex(@"^([A-Za-z0-9_*@-]+)\[\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex ResetLine();

    [GeneratedRegex(@"^([A-Za-z0-9_*@-]+)(?:\[([^\]]*)\])?=(.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SettingLine();

    [GeneratedRegex(@"\*/\s*\?>\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PhpEnd();
}
