using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store index</c>: builds the indexes for text search that are missing.</summary>
internal static class StoreIndexCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "index",
            "Builds the index for text search on the months and days that have ended; run it daily",
            "ezaudit store index",
            "ezaudit store index --current");
        var connection = new StoreConnection();
        var current = new Option<bool>("--current") { Description = "Also on all of the current month and those after it, which makes every insert several times as slow" };
        connection.AddTo(command);
        command.Add(current);
        command.SetAction(async (parsed, _) =>
        {
            AuditStore store = connection.Open(parsed);
            await using (store.ConfigureAwait(false))
            {
                IReadOnlyList<string> built = await store.IndexTextAsync(parsed.GetValue(current), context.Stop).ConfigureAwait(false);
                context.Terminal.WriteLine(built.Count == 0 ? "Nothing to index." : $"Indexed {string.Join(", ", built)}.");
            }
            return ExitCode.Found;
        });
        return command;
    }
}
