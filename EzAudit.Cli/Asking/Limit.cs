using System.CommandLine;

namespace EzAudit.Cli.Asking;

/// <summary>How many records are wanted at the most.</summary>
internal static class Limit
{
    /// <returns><see cref="int.MaxValue"/> where nothing was said.</returns>
    public static int Of(Option<int?> option, ParseResult parsed) => parsed.GetValue(option) switch
    {
        null => int.MaxValue,
        >= 0 and int limit => limit,
        var negative => throw new ToolException(option.Name, $"{negative}", "a number from 0"),
    };
}
