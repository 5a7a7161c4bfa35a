using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store drop</c>: drops the records of one month, and records that in the store.</summary>
internal static class StoreDropCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "drop",
            "Drops the records of one month for good, unless a legal hold of the root covers one of them; the store records who did it, when and why",
            "ezaudit store drop 2024-01 --reason \"Kept for two years\"");
        var month = new Argument<string>("MONTH") { Description = "The month, such as 2024-01" };
        var reason = new Option<string>("--reason") { Description = "Why, for the record in the store", HelpName = "TEXT", Required = true };
        var connection = new StoreConnection();
        command.Add(month);
        command.Add(reason);
        connection.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            DateOnly day = StoreMonth.Parse(parsed.GetValue(month)!);
            if (string.IsNullOrWhiteSpace(parsed.GetValue(reason))) throw new ToolException(reason.Name, "must say why the records are dropped");
            IReadOnlyList<AuditLegalHold> holds = HoldsOf(context, parsed);
            AuditStore store = connection.Open(parsed);
            await using (store.ConfigureAwait(false))
            {
                long count = await store.DropMonthAsync(day, parsed.GetValue(reason)!, holds, context.Stop).ConfigureAwait(false);
                context.Terminal.WriteLine($"Dropped {StoreMonth.Records(count, day)}.");
            }
            return ExitCode.Found;
        });
        return command;
    }

    // Settings that cannot be read may contain a hold.
    private static IReadOnlyList<AuditLegalHold> HoldsOf(ToolContext context, ParseResult parsed)
    {
        if (!context.Place.IsNamed(parsed) && !context.Place.HasSettings(parsed)) return [];
        AuditInspection inspection = context.Place.Inspect(parsed);
        return inspection.Holds ?? throw new AuditSettingsException(inspection.Problems);
    }
}
