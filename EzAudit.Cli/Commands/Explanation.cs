using System.Globalization;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Explains one function from an inspection of the settings.</summary>
internal sealed class Explanation(Terminal terminal, AuditInspection inspection, string function)
{
    /// <summary>Writes the explanation and returns the exit code: 0 if the function is written, 1 if not, 2 if the settings are wrong.</summary>
    public int Write()
    {
        AuditRoute? route = inspection.RouteOf(function);
        AuditSettingsProblem[] errors = [.. inspection.Problems.Where(problem => !problem.IsWarning)];
        Print($"{function}: {Verdict(route, errors.Length > 0)}");
        WriteDecision(route);
        if (route is not null)
        {
            WriteTargets(route);
            WriteSettings(route);
        }
        WriteDefinition();
        terminal.WriteProblems(errors);
        if (errors.Length > 0) return ExitCode.Error;
        return route is not null && inspection.IsEnabled ? ExitCode.Found : ExitCode.NothingFound;
    }

    private string Verdict(AuditRoute? route, bool isBroken)
    {
        if (isBroken) return "not written: the settings are wrong, so a writer does not start (see below)";
        if (route is null) return "not written: no line of AuditFileNames[] names a file for it";
        return inspection.IsEnabled ? "written" : $"not written: audit is off, Audit={inspection.Audit.Value} in {inspection.Audit.Place}";
    }

    private void WriteDecision(AuditRoute? route)
    {
        Print("");
        Print("Decided by");
        Print($"  {inspection.Audit.Key}={inspection.Audit.Value}  {inspection.Audit.Place}");
        foreach (AuditSetting line in inspection.LinesOf(function))
        {
            bool decides = route is not null && line.File == route.FileName.File && line.Line == route.FileName.Line;
            Print($"  {line.Key}={line.Value}  {line.Place}{(decides ? "  <- decides" : "")}");
        }
        if (inspection.LinesOf(function).Count == 0) Print($"  no line of AuditFileNames[] for it, in {Files()}");
    }

    private string Files() => inspection.SettingsFiles.Count == 0
        ? $"no settings file below {inspection.Root}"
        : string.Join(", ", inspection.SettingsFiles.Where(file => file.Contains("audit.ini", StringComparison.Ordinal)));

    private void WriteTargets(AuditRoute route)
    {
        Print("");
        Print("Goes to");
        foreach (AuditRouteTarget target in route.Targets)
        {
            string place = target.Path ?? $"type {target.Type}";
            Print($"  {(target.IsFallback ? "fallback: " : "")}{target.Name}: {place}, format {target.Format}");
        }
        Print("");
        Print("Directories");
        foreach (AuditLogDirectory directory in inspection.Directories.Where(one => route.Targets.Any(target => Path.GetDirectoryName(target.Path) == one.Path)))
            Print($"  {DirectoryText.Of(directory)}");
    }

    private void WriteSettings(AuditRoute route)
    {
        Print("");
        Print("Settings");
        int width = route.Settings.Max(setting => setting.Key.Length + setting.Value.Length + 1);
        foreach (AuditSetting setting in route.Settings)
            Print($"  {$"{setting.Key}={setting.Value}".PadRight(width)}  [{setting.Section}] {setting.Place}");
    }

    private void WriteDefinition()
    {
        if (inspection.Functions.FirstOrDefault(known => known.Name == function) is not { } definition) return;
        Print("");
        Print($"Defined by a plugin: {Lower(definition.Outcome)}, {Lower(definition.Severity)}, fields {string.Join(", ", definition.Fields)}");
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);

    private void Print(string line) => terminal.WriteLine(VisibleText.Of(line));
}
