using System.CommandLine;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit completion</c>: prints a script with which a shell completes commands, options and function names.</summary>
internal static class CompletionCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "completion",
            "Prints a script for bash, zsh or fish that completes commands, options and function names",
            "ezaudit completion bash > /etc/bash_completion.d/ezaudit",
            "ezaudit completion zsh > ~/.zsh/completions/_ezaudit",
            "ezaudit completion fish > ~/.config/fish/completions/ezaudit.fish");
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = "bash, zsh or fish" };
        shell.Accept(CompletionScripts.Shells);
        command.Add(shell);
        command.SetAction(parsed =>
        {
            context.Terminal.Output.Write(CompletionScripts.Of(parsed.GetValue(shell)!));
            return ExitCode.Found;
        });
        return command;
    }
}
