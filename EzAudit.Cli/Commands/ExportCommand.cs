using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit export</c>: writes all records, or those that match, as JSON lines or CSV to standard output.</summary>
internal static class ExportCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "export",
            "Writes records as JSON lines or CSV, with progress",
            "ezaudit export > audit.jsonl",
            "ezaudit export --since 2026-01-01 -o csv --column \"Order ID\" > orders.csv",
            "ezaudit export var/log/audit/login.log.2026-11-22.1.gz");
        var files = new FileArguments(context.Place);
        var query = new QueryOptions(context);
        var output = new OutputOption(OutputOption.Json, OutputOption.Json, OutputOption.Csv);
        files.AddTo(command);
        query.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            using IAuditSource log = files.Open(parsed);
            AuditQuery wanted = query.Read(parsed, log);
            var search = new RecordSearch(context, log, wanted, int.MaxValue, reverse: false);
            int exitCode = search.WriteTo(output.Create(parsed, context.Terminal, log.TimeZone));
            return ReadRecord.Write(context, parsed, files, log, search.Found) ? exitCode : ExitCode.Error;
        });
        return command;
    }
}
