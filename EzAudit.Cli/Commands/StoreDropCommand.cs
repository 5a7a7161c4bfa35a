using System.CommandLine;
using System.Globalization;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store drop</c>: drops the records of one month, and records that in the store.</summary>
internal static class StoreDropCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "drop",
            "Drops the records of one month for good; the store records who did it, when and why",
            "ezaudit store drop 2024-01 --reason \"Kept for two years\"");
        var month = new Argument<string>("MONTH") { Description = "The month, such as 2024-01" };
        var reason = new Option<string>("--reason") { Description = "Why, for the record in the store", HelpName = "TEXT", Required = true };
        var connection = new StoreConnection();
        command.Add(month);
        command.Add(reason);
        connection.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            string text = parsed.GetValue(month)!;
            if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                throw new ToolException("MONTH", $"\"{text}\" is not a month; use one such as 2024-01");
            if (string.IsNullOrWhiteSpace(parsed.GetValue(reason))) throw new ToolException(reason.Name, "must say why the records are dropped");
            AuditStore store = connection.Open(parsed);
            await using (store.ConfigureAwait(false))
            {
                long count = await store.DropMonthAsync(day, parsed.GetValue(reason)!, context.Stop).ConfigureAwait(false);
                context.Terminal.WriteLine($"Dropped {count.ToString(CultureInfo.InvariantCulture)} record{(count == 1 ? "" : "s")} of {text}.");
            }
            return ExitCode.Found;
        });
        return command;
    }
}
