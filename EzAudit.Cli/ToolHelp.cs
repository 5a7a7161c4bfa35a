using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli;

/// <summary>Prints the standard help, followed by the examples of the command.</summary>
internal sealed class ToolHelp(HelpAction standard, Terminal terminal) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        standard.MaxWidth = terminal.IsTerminal ? terminal.Width : int.MaxValue;
        int exitCode = standard.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        // The library prints the name of the executable file, not the name that users type.
        output.Write(text.ToString().Replace(RootCommand.ExecutableName, Tool.Name, StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is not ToolCommand { Examples.Count: > 0 } command) return exitCode;
        output.WriteLine("Examples:");
        foreach (string example in command.Examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return exitCode;
    }
}
