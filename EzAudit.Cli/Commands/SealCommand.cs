using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit seal</c>: the commands about the key and the ledger that seal a log directory.</summary>
internal static class SealCommand
{
    public static ToolCommand Create(ToolContext context)
    {
        var command = new ToolCommand(
            "seal",
            "Creates the key that seals the log directory, and shows the state of its ledger",
            "sudo -u www-data ezaudit seal init    # as the user that runs the application",
            "ezaudit seal init --origin example.com/shop",
            "ezaudit seal init --replace",
            "ezaudit seal status");
        command.Add(SealInitCommand.Create(context));
        command.Add(SealStatusCommand.Create(context));
        return command;
    }
}
