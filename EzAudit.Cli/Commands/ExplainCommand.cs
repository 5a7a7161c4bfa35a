using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit explain</c>: shows whether, where and how a function is written, and which settings decide it.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "explain",
            "Explains whether, where and how a function is written, and which line decides it",
            "ezaudit explain order-delete",
            "ezaudit explain user-login --siteaccess shop --root /srv/shop");
        var function = new Argument<string>("FUNCTION") { HelpName = "FUNCTION", Description = "The name of the function, as the application uses it" };
        function.CompletionSources.Add(completion => FunctionCompletion.Names(context.Place, completion.ParseResult));
        command.Add(function);
        command.SetAction(parsed => new Explanation(context.Terminal, context.Place.Inspect(parsed), parsed.GetValue(function)!).Write());
        return command;
    }
}
