using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store index</c>: builds the index for text search on months that lack it.</summary>
internal static class StoreIndexCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "index",
            "Builds the index for text search on the months that have ended; run it monthly",
            "ezaudit store index",
            "ezaudit store index --current");
        var connection = new StoreConnection();
        var current = new Option<bool>("--current") { Description = "Also on the current month and those after it, which makes every insert several times as slow" };
        connection.AddTo(command);
        command.Add(current);
        command.SetAction(async (parsed, _) =>
        {
            AuditStore store = connection.Open(parsed);
            await using (store.ConfigureAwait(false))
            {
                int count = await store.IndexTextAsync(parsed.GetValue(current), context.Stop).ConfigureAwait(false);
                context.Terminal.WriteLine($"Indexed {count} month{(count == 1 ? "" : "s")}.");
            }
            return ExitCode.Found;
        });
        return command;
    }
}
