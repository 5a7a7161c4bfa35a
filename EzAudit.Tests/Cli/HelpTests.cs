using System.CommandLine;
using System.Text.RegularExpressions;
using EzAudit.Cli;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli;

/// <summary>The help of the tool and docs/cli.md say the same.</summary>
[TestClass]
public sealed partial class HelpTests
{
    private static string Page { get; } = File.ReadAllText(Repository.PathOf("docs", "cli.md"));

    private static IReadOnlyList<ToolCommand> Commands
    {
        get
        {
            using var terminal = new Terminal();
            using var tool = new Tool(terminal);
            return [.. tool.Root().Subcommands.Cast<ToolCommand>()];
        }
    }

    [TestMethod]
    public void TheTableOnThePageIsTheHelp() => CollectionAssert.AreEqual(
        Commands.Select(command => $"| `ezaudit {command.Name}` | {command.Description} |").ToArray(),
        Page.Split('\n').Where(line => line.StartsWith("| `ezaudit ", StringComparison.Ordinal)).ToArray());

    [TestMethod]
    public void TheHelpOfTheToolHasTheSameTexts()
    {
        using var site = new ToolSite();

        string help = Blanks().Replace(site.Run("--help").Expect(), " ");

        foreach (ToolCommand command in Commands) StringAssert.Contains(help, command.Description!, StringComparison.Ordinal);
    }

    [TestMethod]
    public void EveryCommandShowsItsExamples()
    {
        using var site = new ToolSite();

        foreach (ToolCommand command in Commands)
        {
            Assert.IsNotEmpty(command.Examples, command.Name);
            string help = site.Run(command.Name, "--help").Expect();
            StringAssert.Contains(help, $"Examples:\n  {string.Join("\n  ", command.Examples)}\n", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void EveryExampleIsParsed()
    {
        using var terminal = new Terminal();
        using var tool = new Tool(terminal);
        RootCommand root = tool.Root();

        foreach (string example in Commands.SelectMany(command => command.Examples))
        {
            string line = Redirection().Replace(example[(example.IndexOf("ezaudit ", StringComparison.Ordinal) + "ezaudit ".Length)..], "").Replace('\'', '"');
            ParseResult parsed = root.Parse(line);
            Assert.IsEmpty(parsed.Errors, $"{example}: {string.Join("; ", parsed.Errors.Select(error => error.Message))}");
        }
    }

    [TestMethod]
    public void TheOutputOnThePageIsThatOfTheTool()
    {
        Needs.Programs("bash");
        using ToolSite site = ToolSite.OfShop();
        string log = site.Root["var/log/audit/content_move.log"];
        File.WriteAllText(log, File.ReadAllText(log).Replace("=HYPERLINK(1)", "Folder", StringComparison.Ordinal).Replace("a \"quoted\", moved node", "Moved the node", StringComparison.Ordinal));
        string answer = Answer().Match(Page).Groups[1].Value;

        var transcript = new List<string>();
        foreach (string line in answer.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
            transcript.Add(line + "\n" + site.RunShell(line[2..]).Expect());

        Assert.AreEqual(answer, string.Concat(transcript));
    }

    [TestMethod]
    public void TheVersionIsThatOfTheAssembly()
    {
        using var site = new ToolSite();

        StringAssert.StartsWith(site.Run("--version").Expect(), typeof(Tool).Assembly.GetName().Version!.ToString(3), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\s+(>|#).*")]
    private static partial Regex Redirection();

    [GeneratedRegex(@"\*\*Who deleted order 7[^\n]*\n\n```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
