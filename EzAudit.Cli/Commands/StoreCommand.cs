using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store</c>: the commands of the owner of the central store.</summary>
internal static class StoreCommand
{
    public static ToolCommand Create(ToolContext context)
    {
        var command = new ToolCommand(
            "store",
            "Creates the central store in PostgreSQL, drops and moves months and indexes text",
            "ezaudit store init > store.sql",
            "ezaudit store init --run --connection \"Host=db1;Database=audit;Username=audit_owner\"",
            "ezaudit store drop 2024-01 --reason \"Kept for two years\"",
            "ezaudit store index",
            "ezaudit store move");
        command.Add(StoreInitCommand.Create(context));
        command.Add(StoreDropCommand.Create(context));
        command.Add(StoreIndexCommand.Create(context));
        command.Add(StoreMoveCommand.Create(context));
        return command;
    }
}
