using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit stream</c>: the commands of the owner of the replicated stream.</summary>
internal static class StreamCommand
{
    public static ToolCommand Create(ToolContext context)
    {
        var command = new ToolCommand(
            "stream",
            "Creates the replicated stream in NATS JetStream, and shows its state",
            "ezaudit stream init --run --url nats://n1:4222,nats://n2:4222,nats://n3:4222",
            "ezaudit stream status --url nats://n1:4222");
        command.Add(StreamInitCommand.Create(context));
        command.Add(StreamStatusCommand.Create(context));
        return command;
    }
}
