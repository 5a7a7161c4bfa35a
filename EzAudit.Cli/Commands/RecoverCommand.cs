using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit recover</c>: moves the records of fallback files into the log files they were written for.</summary>
internal static class RecoverCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "recover",
            "Moves the records of fallback files into their log files, each exactly once",
            "ezaudit recover --dry-run",
            "ezaudit recover",
            "ezaudit recover var/spill/login.log");
        var files = new Argument<string[]>("FILE")
        {
            Description = "Fallback files; defaults to all non-empty ones that the settings name",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var isDry = new Option<bool>("--dry-run") { Description = "Only show what would be recovered" };
        command.Add(files);
        command.Add(isDry);
        command.SetAction(parsed =>
        {
            context.Place.UsePlugins(parsed);
            using AuditRecovery recovery = AuditRecovery.Open(context.Place.RootOf(parsed), context.Place.SiteAccessOf(parsed));
            IReadOnlyList<AuditFallbackFile> wanted = Choose(recovery.FindFiles(), parsed.GetValue(files) ?? []);
            if (wanted.Count == 0) context.Terminal.WriteLine("Nothing to recover.");
            bool isWhole = true;
            foreach (AuditFallbackFile file in wanted)
            {
                if (parsed.GetValue(isDry)) context.Terminal.WriteLine($"{file.Path}: {file.Length} bytes for {file.LogFile}");
                else isWhole &= Recover(context, recovery, file);
            }
            if (!isWhole) return ExitCode.Error;
            return ExitCode.Of(wanted.Count);
        });
        return command;
    }

    private static IReadOnlyList<AuditFallbackFile> Choose(IReadOnlyList<AuditFallbackFile> known, string[] named)
    {
        if (named.Length == 0) return known;
        string advice = known.Count == 0 ? "there is nothing to recover" : $"use {string.Join(" or ", known.Select(file => file.Path))}";
        return [.. named.Select(name => known.FirstOrDefault(file => file.Path == Path.GetFullPath(name))
            ?? throw new ToolException(name, $"is not a fallback file of the settings, or is empty; {advice}"))];
    }

    private static bool Recover(ToolContext context, AuditRecovery recovery, AuditFallbackFile file)
    {
        AuditActor user = CurrentUser.Actor;
        AuditRecovered recovered;
        using (Progress progress = Progress.Start(context.Terminal)) recovered = recovery.Recover(file, $"{user.Login}:{user.Id}", progress, context.Stop);
        context.Terminal.WriteLine($"{file.Path}: {recovered.Records} record{(recovered.Records == 1 ? "" : "s")} moved to {file.LogFile}, on disk");
        context.Terminal.WriteProblems(recovered.Problems);
        foreach (string kept in recovered.Kept) context.Terminal.WriteError($"{kept}: kept, because it holds incomplete records; the complete ones have been recovered");
        return recovered.Kept.Count == 0;
    }
}
