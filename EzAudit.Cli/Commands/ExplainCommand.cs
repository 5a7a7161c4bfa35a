using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit explain</c>: whether a function is written, where to, how, and which lines of the settings decide that.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "explain",
            "Says whether a function is written, where to and how, and which line decides it",
            "ezaudit explain order-delete",
            "ezaudit explain user-login --siteaccess shop --root /srv/shop");
        var function = new Argument<string>("FUNCTION") { HelpName = "FUNCTION", Description = "The function, as the application calls it" };
        function.CompletionSources.Add(completion => FunctionCompletion.Names(context.Place, completion.ParseResult));
        command.Add(function);
        command.SetAction(parsed => new Explanation(context.Terminal, context.Place.Inspect(parsed), parsed.GetValue(function)!).Write());
        return command;
    }
}
