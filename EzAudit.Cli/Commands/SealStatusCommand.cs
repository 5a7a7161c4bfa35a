using System.CommandLine;
using System.Globalization;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit seal status</c>: shows the newest checkpoint and the state of the ledger.</summary>
internal static class SealStatusCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "status",
            "Shows the newest checkpoint, its age, and the current key, without verifying anything",
            "ezaudit seal status",
            "ezaudit seal status --dir /mnt/copy/audit",
            "ezaudit seal status --checkpoint >> /mnt/elsewhere/checkpoints    # an anchor for verify --anchor");
        var directory = new Option<string?>("--dir") { Description = "Log directory, instead of that of the root", HelpName = "DIR" };
        var onlyCheckpoint = new Option<bool>("--checkpoint") { Description = "Print only the newest checkpoint, as a signed note" };
        command.Add(directory);
        command.Add(onlyCheckpoint);
        command.SetAction(parsed =>
        {
            context.Place.UsePlugins(parsed);
            AuditLedger ledger = parsed.GetValue(directory) is { } named
                ? AuditLedger.OpenDirectory(named)
                : AuditLedger.Open(context.Place.RootOf(parsed), context.Place.SiteAccessOf(parsed));
            AuditLedgerStatus status = ledger.Status() ?? throw new ToolException(ledger.Directory, "there is no ledger in this directory");
            if (parsed.GetValue(onlyCheckpoint))
            {
                context.Terminal.Output.Write(status.Checkpoint ?? throw new ToolException(ledger.Directory, "the ledger has no checkpoint yet"));
                return ExitCode.Found;
            }
            Write(context.Terminal, status);
            return status.Problems.Count == 0 ? ExitCode.Found : ExitCode.Error;
        });
        return command;
    }

    private static void Write(Terminal terminal, AuditLedgerStatus status)
    {
        Instant now = SystemClock.Instance.GetCurrentInstant();
        terminal.WriteLine($"Directory: {status.Directory}");
        terminal.WriteLine($"Origin: {VisibleText.Of(status.Origin)}");
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Leaves: {status.Leaves}, of which no checkpoint covers {status.PendingLeaves} yet"));
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Log files: {status.Files}"));
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch: {status.Epoch}, since {At(status.EpochBegan, now)}"));
        terminal.WriteLine($"Fingerprint: {status.Fingerprint}");
        if (status.LastTime is { } last) terminal.WriteLine($"Newest entry: {At(last, now)}");
        if (status.Checkpoint is null) terminal.WriteLine("Newest checkpoint: none");
        else terminal.WriteLine($"Newest checkpoint{(status.CheckpointTime is { } time ? $", of {At(time, now)}" : "")}:\n{VisibleText.Of(status.Checkpoint, keepsLines: true).TrimEnd('\n')}");
        foreach (string problem in status.Problems) terminal.WriteError(problem);
    }

    private static string At(DateTimeOffset time, Instant now)
    {
        Duration age = now - Instant.FromDateTimeOffset(time);
        string text = age < Duration.FromMinutes(2) ? $"{age.TotalSeconds:0} s" : age < Duration.FromHours(2) ? $"{age.TotalMinutes:0} min" : age < Duration.FromDays(2) ? $"{age.TotalHours:0} h" : $"{age.TotalDays:0} days";
        return $"{TimeForms.Utc(time)} ({text} ago)";
    }
}
