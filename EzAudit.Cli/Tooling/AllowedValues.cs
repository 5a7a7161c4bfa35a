using System.CommandLine;
using System.CommandLine.Parsing;

namespace EzAudit.Cli.Tooling;

/// <summary>Restricts options and arguments to a few values, which are offered for completion; any other value is refused.</summary>
internal static class AllowedValues
{
    public static void Accept(this Option option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(result, result.IdentifierToken?.Value ?? option.Name, words));
    }

    public static void Accept(this Argument argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(result, argument.HelpName ?? argument.Name, words));
    }

    private static void Check(SymbolResult result, string place, string[] words)
    {
        foreach (Token token in result.Tokens.Where(token => !words.Contains(token.Value)))
            result.AddError($"{place}: unknown value \"{token.Value}\"; use {string.Join(", ", words[..^1])} or {words[^1]}");
    }
}
