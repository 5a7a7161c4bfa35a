using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit write</c>: writes one record from a script or a cron job, as the user who runs it.</summary>
internal static class WriteCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "write",
            "Writes one record as the current user and reports the result",
            "ezaudit write backup-run \"Archive=/srv/backup/2026-11-22.tar\" \"Comment=nightly\"",
            "sudo -u www-data ezaudit write order-delete \"Order ID=7\"    # as the user that runs the application");
        var function = new Argument<string>("FUNCTION") { HelpName = "FUNCTION", Description = "The name of the function, as in audit.ini" };
        function.CompletionSources.Add(completion => FunctionCompletion.Names(context.Place, completion.ParseResult));
        var fields = new Argument<string[]>("NAME=VALUE") { Description = "Fields of the record, in order", Arity = ArgumentArity.ZeroOrMore };
        var address = new Option<string?>("--address")
        {
            Description = "Address that the act came from; defaults to the name of this host",
            HelpName = "ADDRESS",
        };
        command.Add(function);
        command.Add(fields);
        command.Add(address);
        command.SetAction(parsed =>
        {
            AuditField[] values = [.. (parsed.GetValue(fields) ?? []).Select(text => QueryOptions.Pair("NAME=VALUE", text)).Select(pair => new AuditField(pair.Name, pair.Value))];
            return Write(context, parsed, parsed.GetValue(function)!, values, parsed.GetValue(address));
        });
        return command;
    }

    private static int Write(ToolContext context, ParseResult parsed, string function, AuditField[] fields, string? address)
    {
        AuditInspection inspection = context.Place.Inspect(parsed);
        if (!inspection.CanStart)
        {
            context.Terminal.WriteProblems([.. inspection.Problems.Where(problem => !problem.IsWarning)]);
            return ExitCode.Error;
        }
        bool isWritten = false;
        if (inspection.IsEnabled && inspection.RouteOf(function) is not null)
        {
            using AuditWriter writer = context.Place.OpenWriter(parsed);
            using (AuditContext.Use(CurrentUser.Actor, address)) isWritten = writer.WriteAudit(function, fields);
        }
        context.Terminal.WriteLine(WriteResult.Of(inspection, function, isWritten));
        return isWritten ? ExitCode.Found : ExitCode.NothingFound;
    }
}

/// <summary>Describes what happened to a record.</summary>
internal static class WriteResult
{
    public static string Of(AuditInspection inspection, string function, bool isWritten)
    {
        if (!inspection.IsEnabled) return $"{function}: not written, audit is off: Audit={inspection.Audit.Value} in {inspection.Audit.Place}";
        if (inspection.RouteOf(function) is not { } route) return $"{function}: not written, no line of AuditFileNames[] names a file for it; run \"ezaudit explain {function}\" for details";
        if (!isWritten) return $"{function}: lost, as OnFailure=continue permits; the loss is counted";
        string where = string.Join(" and ", route.Targets.Where(target => !target.IsFallback).Select(target => target.Path ?? $"target {target.Name}"));
        return $"{function}: written to {where}, {Describe(route.Settings.First(setting => setting.Key == "Durability").Value)}";
    }

    // The writer is closed by now, which has synced everything to disk.
    private static string Describe(string durability) => durability == "disk" ? "on disk" : $"Durability={durability}, synced to disk at exit";
}
