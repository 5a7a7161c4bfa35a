using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit store init</c>: prints the SQL that creates or migrates the store, or runs it.</summary>
internal static class StoreInitCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "init",
            "Prints the SQL that creates the store, or migrates that of --connection, and runs it with --run",
            "ezaudit store init > store.sql",
            "ezaudit store init --connection \"Host=db1;Database=audit;Username=audit_owner\"",
            "ezaudit store init --run --connection \"Host=db1;Database=audit;Username=audit_owner\"");
        var connection = new StoreConnection();
        var runs = new Option<bool>("--run") { Description = "Run the SQL, as one transaction, instead of printing it" };
        connection.AddTo(command);
        command.Add(runs);
        command.SetAction(async (parsed, _) => parsed.GetValue(runs)
            ? await RunAsync(context, connection.Open(parsed)).ConfigureAwait(false)
            : await PrintAsync(context, connection.TryOpen(parsed)).ConfigureAwait(false));
        return command;
    }

    private static async Task<int> PrintAsync(ToolContext context, AuditStore? store)
    {
        if (store is null)
        {
            context.Terminal.Output.Write(AuditStore.SchemaSql);
            return ExitCode.Found;
        }
        await using (store.ConfigureAwait(false)) context.Terminal.Output.Write(await store.FindPendingSqlAsync(context.Stop).ConfigureAwait(false));
        return ExitCode.Found;
    }

    private static async Task<int> RunAsync(ToolContext context, AuditStore store)
    {
        await using (store.ConfigureAwait(false))
        {
            int found = await store.InitializeAsync(context.Stop).ConfigureAwait(false);
            context.Terminal.WriteLine(found switch
            {
                0 => $"Created the store with schema version {AuditStore.SchemaVersion}.",
                _ when found == AuditStore.SchemaVersion => $"The store has schema version {found}: nothing to do.",
                _ => $"Migrated the store from schema version {found} to {AuditStore.SchemaVersion}.",
            });
            if (found == 0)
            {
                context.Terminal.WriteLine("Let the role of each application write, and that of each auditor read:");
                context.Terminal.WriteLine("GRANT ezaudit_writer TO shop;");
                context.Terminal.WriteLine("GRANT ezaudit_reader TO auditor;");
            }
        }
        return ExitCode.Found;
    }
}
