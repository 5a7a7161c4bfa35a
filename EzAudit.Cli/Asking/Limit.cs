using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>The maximum number of records to return.</summary>
internal static class Limit
{
    private const string Rule = "must be a number, 0 or more";

    public static Option<int?> Option(string description) => new("-n", "--limit") { Description = description, HelpName = "COUNT", CustomParser = Parse };

    /// <returns><see cref="int.MaxValue"/> if the option is not given.</returns>
    public static int Of(Option<int?> option, ParseResult parsed) => parsed.GetValue(option) switch
    {
        null => int.MaxValue,
        >= 0 and int limit => limit,
        var negative => throw new ToolException(option.Name, $"{Rule}, not {negative}"),
    };

    private static int? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        // A number too large for an int is as good as no limit.
        if (text.Length > 0 && text.All(char.IsAsciiDigit)) return int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int other)) return other;
        result.AddError($"-n: {Rule}, not \"{text}\"");
        return null;
    }
}
