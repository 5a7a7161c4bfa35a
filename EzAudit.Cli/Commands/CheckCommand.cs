using System.CommandLine;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit check</c>: shows the settings as the writer reads them, with all problems.</summary>
internal static class CheckCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "check",
            "Checks the settings as the writer reads them: problems, paths, disk, permissions",
            "ezaudit check",
            "ezaudit check --root /srv/shop --logs",
            "sudo -u www-data ezaudit check    # as the user that runs the application");
        var logs = new Option<bool>("--logs") { Description = "Also read all log files, and list the problems in them" };
        command.Add(logs);
        command.SetAction(parsed =>
        {
            AuditInspection inspection = context.Place.Inspect(parsed);
            Write(context.Terminal, inspection);
            bool isDamaged = parsed.GetValue(logs) && inspection.CanStart && WriteDamage(context, parsed);
            return inspection.CanStart && !isDamaged ? ExitCode.Found : ExitCode.Error;
        });
        return command;
    }

    private static void Write(Terminal terminal, AuditInspection inspection)
    {
        terminal.WriteLine($"Root: {inspection.Root}");
        terminal.WriteLine($"Settings: {(inspection.SettingsFiles.Count == 0 ? "none found" : string.Join(", ", inspection.SettingsFiles))}");
        foreach (AuditSetting setting in inspection.Settings) terminal.WriteLine(VisibleText.Of($"{setting.Key}={setting.Value}  {setting.Place}"));
        foreach (AuditLogDirectory directory in inspection.Directories) terminal.WriteLine(DirectoryText.Of(directory));
        if (inspection.Routes.Count > 0)
        {
            var table = new TextTable("Function", "File", "Durability", "Format", "Decided by");
            foreach (AuditRoute route in inspection.Routes)
                table.Add(route.Function, route.Targets[0].Path ?? route.Targets[0].Name, Value(route, "Durability"), route.Targets[0].Format, route.FileName.Place);
            table.PrintTo(terminal);
        }
        foreach (AuditSettingsProblem problem in inspection.Problems) terminal.WriteError($"{(problem.IsWarning ? "warning: " : "")}{problem}");
        int errors = inspection.Problems.Count(problem => !problem.IsWarning);
        terminal.WriteLine($"{Count(errors, "error")}, {Count(inspection.Problems.Count - errors, "warning")}. {Verdict(inspection)}");
    }

    private static string Value(AuditRoute route, string key) => route.Settings.First(setting => setting.Key == key).Value;

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Verdict(AuditInspection inspection)
    {
        if (!inspection.CanStart) return "A writer does not start; a running one keeps its previous settings.";
        return inspection.IsEnabled ? "Audit is on." : $"Audit is off: Audit={inspection.Audit.Value} in {inspection.Audit.Place}.";
    }

    private static bool WriteDamage(ToolContext context, ParseResult parsed)
    {
        using AuditLogReader log = context.Place.OpenLog(parsed);
        IReadOnlyList<AuditLogProblem> problems;
        using (Progress progress = Progress.Start(context.Terminal)) problems = log.FindProblems(new AuditReadOptions { Progress = progress }, context.Stop);
        foreach (AuditLogProblem problem in problems) context.Terminal.WriteError(problem.ToString());
        context.Terminal.WriteLine($"{Count(log.FindFiles().Count, "log file")} read, {Count(problems.Count, "problem")} found.");
        return problems.Count > 0;
    }
}
