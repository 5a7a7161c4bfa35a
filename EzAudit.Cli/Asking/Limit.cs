using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>How many records are wanted at the most.</summary>
internal static class Limit
{
    private const string Expected = "a number from 0";

    public static Option<int?> Option(string description) => new("-n", "--limit") { Description = description, HelpName = "COUNT", CustomParser = Parse };

    /// <returns><see cref="int.MaxValue"/> where nothing was said.</returns>
    public static int Of(Option<int?> option, ParseResult parsed) => parsed.GetValue(option) switch
    {
        null => int.MaxValue,
        >= 0 and int limit => limit,
        var negative => throw new ToolException(option.Name, $"{negative}", Expected),
    };

    private static int? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        // More than fits is as good as all.
        if (text.Length > 0 && text.All(char.IsAsciiDigit)) return int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int other)) return other;
        result.AddError($"-n: found \"{text}\", expected {Expected}");
        return null;
    }
}
