using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.Nats;
using EzAudit.Nats.Settings;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit stream init</c>: prints the configuration of the stream, or creates it.</summary>
internal static class StreamInitCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "init",
            "Prints the configuration of the stream, and creates it with --run, or protects the one that is there",
            "ezaudit stream init --url nats://n1:4222 > stream.json    # for nats stream add --config",
            "ezaudit stream init --run --url nats://n1:4222,nats://n2:4222,nats://n3:4222",
            "ezaudit stream init --run --url nats://n1:4222 --max-days 30 --max-gib 100");
        var stream = new StreamOptions();
        var days = new Option<int>("--max-days") { Description = "How long it keeps messages, collected or not; 0 for ever", HelpName = "DAYS", DefaultValueFactory = _ => 7 };
        var size = new Option<int>("--max-gib") { Description = "The most GiB on each server; 0 for no limit. A full stream refuses new messages", HelpName = "GIB" };
        var window = new Option<int>("--duplicate-minutes") { Description = "How long repeated messages are recognized", HelpName = "MINUTES", DefaultValueFactory = _ => 2 };
        var runs = new Option<bool>("--run") { Description = "Create the stream instead of printing its configuration" };
        stream.AddTo(command);
        foreach (Option option in new Option[] { days, size, window, runs }) command.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            AuditStreamOptions options = stream.Read(parsed) with
            {
                MaxAge = TimeSpan.FromDays(NotNegative(parsed, days)),
                MaxBytes = NotNegative(parsed, size) is var gib and > 0 ? (long)gib << 30 : -1,
                DuplicateWindow = TimeSpan.FromMinutes(NotNegative(parsed, window)),
            };
            var owner = new AuditStream(options);
            await using (owner.ConfigureAwait(false))
            {
                if (!parsed.GetValue(runs)) context.Terminal.WriteLine(owner.Configuration);
                else await RunAsync(context, owner, options).ConfigureAwait(false);
            }
            return ExitCode.Found;
        });
        return command;
    }

    private static async Task RunAsync(ToolContext context, AuditStream owner, AuditStreamOptions options)
    {
        bool isChanged = await owner.InitializeAsync(context.Stop).ConfigureAwait(false);
        context.Terminal.WriteLine(isChanged
            ? $"The stream {options.Stream} keeps {options.Subject}.> on {options.Replicas} server{(options.Replicas == 1 ? "" : "s")}; messages cannot be deleted from it."
            : $"The stream {options.Stream} is as it should be: nothing to do.");
    }

    private static int NotNegative(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is var number and >= 0 ? number : throw new ToolException(option.Name, "expected a number from 0");
}
