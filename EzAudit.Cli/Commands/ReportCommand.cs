using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Report;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit report</c>: counts instead of records, as aureport does.</summary>
internal static class ReportCommand
{
    private const string Text = "text";
    private const string Html = "html";
    private const int DefaultRows = 20;

    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "report",
            "Counts records: a summary, logins, failed logins, or by actor, function, address, object, day, hour",
            "ezaudit report",
            "ezaudit report failed-logins --since yesterday",
            "ezaudit report objects --function 'order-*' -o csv",
            "ezaudit report --since \"1 month ago\" -o html > report.html");
        var kind = new Argument<string>("KIND")
        {
            HelpName = "KIND",
            Description = $"One of {string.Join(", ", ReportKind.All)}",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => ReportKind.Summary,
        };
        kind.Accept(ReportKind.All);
        command.Add(kind);
        var files = new FileArguments(context.Place);
        var query = new QueryOptions(context);
        var form = new Option<string>("--output", "-o")
        {
            Description = "Output format",
            HelpName = "text|json|csv|html",
            DefaultValueFactory = _ => Text,
        };
        form.Accept(Text, OutputOption.Json, OutputOption.Csv, Html);
        var rows = Limit.Option($"Maximum number of lines in a section; defaults to {DefaultRows} in text and html");
        var objects = new Option<string[]>("--object")
        {
            Description = "Field whose values identify objects, in addition to those whose names end in \" ID\"",
            HelpName = "NAME",
        };
        files.AddTo(command);
        query.AddTo(command);
        command.Add(form);
        command.Add(rows);
        command.Add(objects);
        command.SetAction(parsed =>
        {
            using IAuditSource log = files.Open(parsed);
            var builder = new ReportBuilder(context, log, query.Read(parsed, log), parsed.GetValue(objects) ?? [], files.IsStandardInput(parsed));
            AuditReport report = builder.Build(parsed.GetValue(kind)!);
            int limit = Limit.Of(rows, parsed);
            int limitForText = parsed.GetValue(rows) is null ? DefaultRows : limit;
            Action write = parsed.GetValue(form) switch
            {
                OutputOption.Json => () => context.Terminal.WriteLine(ReportJson.Of(report, limit)),
                OutputOption.Csv => () => ReportCsv.Write(report, limit, context.Terminal),
                Html => () => context.Terminal.Output.Write(new ReportHtml(report, limitForText).ToString()),
                _ => () => ReportText.Write(report, limitForText, context.Terminal),
            };
            write();
            context.Terminal.WriteProblems(report.Problems);
            return ReadRecord.Write(context, parsed, files, log, report.Count) ? ExitCode.Of(report.Count, report.Problems) : ExitCode.Error;
        });
        return command;
    }
}
