using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit recover</c>: moves the records of fallback files into the log files they were written for, and those of dead-letter files back into their spools.</summary>
internal static class RecoverCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "recover",
            "Moves the records of fallback files into their log files, each exactly once, and refused records back into the spools of their targets",
            "ezaudit recover --dry-run",
            "ezaudit recover",
            "ezaudit recover var/spill/login.log");
        var files = new Argument<string[]>("FILE")
        {
            Description = "Fallback files and dead-letter files; defaults to all non-empty ones of the settings",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var isDry = new Option<bool>("--dry-run") { Description = "Only show what would be recovered" };
        command.Add(files);
        command.Add(isDry);
        command.SetAction(parsed =>
        {
            context.Place.UsePlugins(parsed);
            using AuditRecovery recovery = AuditRecovery.Open(context.Place.RootOf(parsed), context.Place.SiteAccessOf(parsed));
            string[] named = parsed.GetValue(files) ?? [];
            IReadOnlyList<AuditDeadLetterFile> letters = [.. recovery.FindDeadLetters().Where(file => named.Length == 0 || named.Any(name => Path.GetFullPath(name) == file.Path))];
            string[] others = [.. named.Where(name => letters.All(file => file.Path != Path.GetFullPath(name)))];
            IReadOnlyList<AuditFallbackFile> wanted = named.Length > 0 && others.Length == 0 ? [] : Choose(recovery.FindFiles(), others);
            if (wanted.Count + letters.Count == 0) context.Terminal.WriteLine("Nothing to recover.");
            bool isWhole = true;
            foreach (AuditFallbackFile file in wanted)
            {
                if (parsed.GetValue(isDry)) context.Terminal.WriteLine($"{file.Path}: {file.Length} bytes for {file.LogFile}");
                else isWhole &= Recover(context, recovery, file);
            }
            foreach (AuditDeadLetterFile file in letters) Requeue(context, recovery, file, parsed.GetValue(isDry));
            if (!isWhole) return ExitCode.Error;
            return ExitCode.Of(wanted.Count + letters.Count);
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

    private static void Requeue(ToolContext context, AuditRecovery recovery, AuditDeadLetterFile file, bool isDry)
    {
        if (isDry)
        {
            context.Terminal.WriteLine($"{file.Path}: {file.Records} record{(file.Records == 1 ? "" : "s")} for target {file.Target}");
            return;
        }
        AuditActor user = CurrentUser.Actor;
        int count = recovery.Requeue(file, $"{user.Login}:{user.Id}");
        context.Terminal.WriteLine($"{file.Path}: {count} record{(count == 1 ? "" : "s")} put back into the spool of target {file.Target}; the application sends {(count == 1 ? "it" : "them")}, now or at its next start");
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
