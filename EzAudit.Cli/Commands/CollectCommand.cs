using System.CommandLine;
using System.Globalization;
using System.Net;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Collecting;
using EzAudit.Cli.Tooling;
using EzAudit.Collector;
using EzAudit.Nats.Settings;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit collect</c>: brings records from the stream into the central store, until it is stopped.</summary>
internal static class CollectCommand
{
    private const string StateDirectory = "STATE_DIRECTORY";
    private const string Role = "collector";

    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "collect",
            "Brings records from the replicated stream into the central store, each exactly once, until it is stopped",
            "ezaudit collect --url nats://n1:4222,nats://n2:4222 --store central --dead-letters /var/lib/ezaudit --health 127.0.0.1:9464",
            "ezaudit collect --requeue --store central --dead-letters /var/lib/ezaudit")
        {
            // Longer than the batch in hand may take.
            Grace = TimeSpan.FromSeconds(15),
        };
        var stream = new StreamOptions();
        var store = new Option<string>(StoreName.Option)
        {
            Description = $"The store: a connection string, or a NAME for the one in {StoreName.Variable}NAME; its role needs ezaudit_writer",
            HelpName = "NAME",
            Required = true,
        };
        var consumer = new Option<string>("--consumer") { Description = "Collectors with the same name share the stream; defaults to ezaudit-collect", HelpName = "NAME" };
        var letters = new Option<string>("--dead-letters")
        {
            Description = $"Directory for what the store refuses and what cannot be read; defaults to {StateDirectory}, which systemd sets",
            HelpName = "DIR",
        };
        var ackWait = new Option<int>("--ack-wait")
        {
            Description = "How long a collector may take for its records before others get them; defaults to 60. The same for all collectors",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 60,
        };
        var health = new Option<string>("--health") { Description = "Answer /health and /metrics over HTTP at this address, such as 127.0.0.1:9464", HelpName = "ADDRESS" };
        var requeue = new Option<bool>("--requeue") { Description = "Insert the dead letters into the store, and end" };
        stream.AddTo(command);
        foreach (Option option in (Option[])[store, consumer, letters, ackWait, health, requeue]) command.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            string directory = parsed.GetValue(letters) ?? Environment.GetEnvironmentVariable(StateDirectory) ?? throw new ToolException("--dead-letters", "is missing; name a directory");
            string connection = StoreName.ConnectionOf(parsed.GetValue(store)!, Role);
            if (parsed.GetValue(requeue)) return await RequeueAsync(context, directory, connection).ConfigureAwait(false);
            if (parsed.GetValue(ackWait) is not (>= 1 and <= 3600)) throw new ToolException(ackWait.Name, "expected a number from 1 to 3600");
            AuditStreamOptions source = stream.Read(parsed) with { AckWait = TimeSpan.FromSeconds(parsed.GetValue(ackWait)) };
            var options = new AuditCollectorOptions { Stream = source, Store = connection, DeadLetters = directory };
            if (parsed.GetValue(consumer) is { } name) options = options with { Consumer = name };
            return await CollectAsync(context, options, AddressOf(parsed.GetValue(health))).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> CollectAsync(ToolContext context, AuditCollectorOptions options, IPEndPoint? address)
    {
        AuditCollector collector = Open(context, options);
        await using (collector.ConfigureAwait(false)) await CollectorProcess.RunAsync(collector, address, context.Stop).ConfigureAwait(false);
        return ExitCode.Found;
    }

    private static AuditCollector Open(ToolContext context, AuditCollectorOptions options)
    {
        try
        {
            return new AuditCollector(options, new ServiceLog(context.Terminal));
        }
        catch (ArgumentException failure) when (failure.ParamName != "consumer")
        {
            throw StoreName.Refuse(failure, Role);
        }
    }

    private static async Task<int> RequeueAsync(ToolContext context, string directory, string connection)
    {
        var letters = new AuditCollectorLetters(directory);
        (long stored, string? problem) = await letters.RequeueAsync(connection, context.Stop).ConfigureAwait(false);
        context.Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{directory}: {stored} record{(stored == 1 ? "" : "s")} stored, {letters.Count} left"));
        if (problem is null) return ExitCode.Found;
        context.Terminal.WriteError(problem);
        return ExitCode.Error;
    }

    private static IPEndPoint? AddressOf(string? text)
    {
        if (text is null) return null;
        return IPEndPoint.TryParse(text, out IPEndPoint? address) && address.Port > 0
            ? address
            : throw new ToolException("--health", $"\"{text}\" is not an address with a port; use one such as 127.0.0.1:9464");
    }
}
