using System.CommandLine;
using System.Globalization;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Plugins;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit functions</c>: lists the functions that plugins define and those that the settings name.</summary>
internal static class FunctionsCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "functions",
            "Lists the functions with their file, fields, outcome and severity, and whether they are written",
            "ezaudit functions",
            "ezaudit functions -o json");
        var form = new Option<string>("--output", "-o")
        {
            Description = "Output format",
            HelpName = "table|json|csv",
            DefaultValueFactory = _ => OutputOption.Table,
        };
        form.Accept(OutputOption.Table, OutputOption.Json, OutputOption.Csv);
        command.Add(form);
        command.SetAction(parsed =>
        {
            // The built-in plugins are listed even if the settings do not name them: a catalogue shows what is available.
            context.Place.UsePlugins(parsed);
            string root = context.Place.PathOfRoot(parsed);
            AuditInspection inspection = AuditInspection.Of(root, context.Place.SiteAccessOf(parsed), BuiltInPlugins.Create());
            Write(context.Terminal, [.. Catalogue(inspection)], parsed.GetValue(form)!);
            return ExitCode.Found;
        });
        return command;
    }

    private static IEnumerable<(AuditFunction Function, string? Written)> Catalogue(AuditInspection inspection)
    {
        foreach (AuditFunction function in inspection.Functions) yield return (function, inspection.RouteOf(function.Name)?.FileName.Value);
        foreach (AuditRoute route in inspection.Routes)
        {
            if (inspection.Functions.All(function => function.Name != route.Function)) yield return (new AuditFunction { Name = route.Function }, route.FileName.Value);
        }
    }

    private static void Write(Terminal terminal, IReadOnlyList<(AuditFunction Function, string? Written)> catalogue, string form)
    {
        if (form == OutputOption.Json)
        {
            foreach ((AuditFunction function, string? written) in catalogue) terminal.WriteLine(Json(function, written));
            return;
        }
        // An empty value is a dash for people and an empty cell in a spreadsheet.
        string none = form == OutputOption.Csv ? "" : "-";
        string[] heads = ["Function", "Written to", "Usual file", "Category", "Outcome", "Severity", "Fields"];
        if (form == OutputOption.Csv) CsvText.Write(terminal, heads.Select(head => head.ToLowerInvariant()));
        var table = new TextTable(heads);
        foreach ((AuditFunction function, string? written) in catalogue)
        {
            string[] cells =
            [
                function.Name, written ?? none, function.DefaultFileName ?? none, function.Category ?? none, Lower(function.Outcome), Lower(function.Severity), string.Join(", ", function.Fields),
            ];
            if (form == OutputOption.Csv) CsvText.Write(terminal, cells);
            else table.Add(cells);
        }
        if (form == OutputOption.Table) table.PrintTo(terminal);
    }

    private static string Json(AuditFunction function, string? written)
    {
        JsonLine json = new JsonLine().Open('{')
            .Property("function", function.Name).Property("writtenTo", written).Property("usualFile", function.DefaultFileName)
            .Property("category", function.Category).Property("outcome", Lower(function.Outcome)).Property("severity", Lower(function.Severity))
            .Name("fields").Open('[');
        foreach (string field in function.Fields) json.Value(field);
        return json.Close(']').Close('}').ToString();
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}
