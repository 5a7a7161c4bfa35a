using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store move</c>: gives records that came before their month had a partition one of their own.</summary>
internal static class StoreMoveCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "move",
            "Moves records out of the default partition into partitions of their months, and records that in the store",
            "ezaudit store move",
            "ezaudit store move 1970-01");
        var month = new Argument<string?>("MONTH") { Description = "The month, such as 2024-01; defaults to all", Arity = ArgumentArity.ZeroOrOne };
        var connection = new StoreConnection();
        command.Add(month);
        connection.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            DateOnly? only = parsed.GetValue(month) is { } text ? StoreMonth.Parse(text) : null;
            AuditStore store = connection.Open(parsed);
            await using (store.ConfigureAwait(false))
            {
                IReadOnlyList<DateOnly> months = only is { } given ? [given] : await store.FindMonthsToMoveAsync(context.Stop).ConfigureAwait(false);
                if (months.Count == 0) context.Terminal.WriteLine("Nothing to move.");
                foreach (DateOnly day in months)
                {
                    long count = await store.MoveMonthAsync(day, context.Stop).ConfigureAwait(false);
                    context.Terminal.WriteLine($"Moved {StoreMonth.Records(count, day)}.");
                }
            }
            return ExitCode.Found;
        });
        return command;
    }
}
