using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EzAudit.Cli;

/// <summary>The usual help, and behind it the examples of the command.</summary>
internal sealed class ToolHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ToolCommand { Examples.Count: > 0 } command) return exitCode;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in command.Examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return exitCode;
    }
}
