using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit search</c>: finds the records that satisfy all conditions.</summary>
internal static class SearchCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "search",
            "Finds records by time, function, actor, address, field and text",
            "ezaudit search --since \"2 hours ago\" --function 'content-*' --actor editor",
            "ezaudit search --field \"Order ID=7\" --function order-delete -o table",
            "ezaudit search --contains secret --reverse -n 10",
            "ezaudit search --since 2026-11-22 --until 2026-11-23 --count",
            "ezaudit search --actor admin --verified --key shop.vkey",
            "zcat login.log.2026-11-22.1.gz | ezaudit search --outcome failure -");
        var files = new FileArguments(context.Place);
        var query = new QueryOptions(context);
        var output = new OutputOption(OutputOption.Classic, OutputOption.Classic, OutputOption.Json, OutputOption.Csv, OutputOption.Table);
        var limit = Limit.Option("Maximum number of records");
        var reverse = new Option<bool>("--reverse", "-r") { Description = "Newest first" };
        var count = new Option<bool>("--count", "-c") { Description = "Print only the number of records" };
        var verified = new VerifiedOption(context.Place);
        files.AddTo(command);
        query.AddTo(command);
        verified.AddTo(command);
        command.Add(limit);
        command.Add(reverse);
        command.Add(count);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            using IAuditSource log = files.Open(parsed);
            AuditQuery wanted = query.Read(parsed, log);
            var search = new RecordSearch(context, log, wanted, Limit.Of(limit, parsed), parsed.GetValue(reverse)) { VerifiedBy = verified.Read(parsed) };
            int exitCode = parsed.GetValue(count) ? search.Count() : search.WriteTo(output.Create(parsed, context.Terminal, log.TimeZone));
            return ReadRecord.Write(context, parsed, files, log, search.Found) ? exitCode : ExitCode.Error;
        });
        return command;
    }
}
