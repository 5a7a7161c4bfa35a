using System.CommandLine;
using System.Globalization;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Nats;
using EzAudit.Nats.Settings;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit stream status</c>: shows the stream, the servers that keep it and those who read it.</summary>
internal static class StreamStatusCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "status",
            "Shows the stream, the servers that keep it, and what its readers have not stored yet",
            "ezaudit stream status --url nats://n1:4222,nats://n2:4222");
        var stream = new StreamOptions();
        stream.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            AuditStreamOptions options = stream.Read(parsed);
            var owner = new AuditStream(options);
            await using (owner.ConfigureAwait(false))
            {
                AuditStreamStatus status = await owner.FindAsync(context.Stop).ConfigureAwait(false)
                    ?? throw new ToolException(options.Url, $"there is no stream {options.Stream}; run \"ezaudit stream init --run\"");
                Write(context.Terminal, options, status);
                return status.Fault is null && status.Servers.All(server => server.IsCurrent) ? ExitCode.Found : ExitCode.Error;
            }
        });
        return command;
    }

    private static void Write(Terminal terminal, AuditStreamOptions options, AuditStreamStatus status)
    {
        terminal.WriteLine($"Stream: {options.Stream}");
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Messages: {status.Messages}, {status.Bytes} bytes{(status.MaxBytes > 0 ? $" of {status.MaxBytes}" : "")}"));
        if (status is { Oldest: { } oldest, Newest: { } newest }) terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From {oldest:u} to {newest:u}"));
        terminal.WriteLine(status.MaxAge > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"Messages stay {status.MaxAge.TotalDays:0.##} days, collected or not")
            : "Messages stay for ever");
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Repeated messages are recognized for {status.DuplicateWindow.TotalMinutes:0.##} minutes"));
        foreach (AuditStreamServer server in status.Servers)
            terminal.WriteLine($"Server {VisibleText.Of(server.Name)}: {(server.IsLeader ? "leader" : server.IsCurrent ? "has everything" : "away, or behind")}");
        foreach (AuditStreamConsumer consumer in status.Consumers)
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Reader {VisibleText.Of(consumer.Name)}: {consumer.Pending} waiting, {consumer.Unacknowledged} being stored, {consumer.Repeated} of them given out again"));
        }
        if (status.Fault is { } fault) terminal.WriteError($"{options.Url}: {fault}");
    }
}
