using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit show</c>: shows what happened to one object, as a timeline.</summary>
internal static class ShowCommand
{
    private const string Timeline = "timeline";

    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "show",
            "Shows the history of one object, identified by a field's value, as a timeline",
            "ezaudit show \"Order ID=7\"",
            "ezaudit show \"Node ID=124\" --since \"1 month ago\" -o json");
        var subject = new Argument<string>("NAME=VALUE") { Description = "A field and its value, such as \"Order ID=7\"" };
        command.Add(subject);
        var files = new FileArguments(context.Place);
        var query = new QueryOptions(context);
        var output = new OutputOption(Timeline, Timeline, OutputOption.Classic, OutputOption.Json, OutputOption.Csv, OutputOption.Table);
        var verified = new VerifiedOption(context.Place);
        files.AddTo(command);
        query.AddTo(command);
        verified.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            (string name, string value) = QueryOptions.Pair("NAME=VALUE", parsed.GetValue(subject)!);
            using IAuditSource log = files.Open(parsed);
            AuditQuery wanted = query.Read(parsed, log);
            wanted = wanted with { Fields = [new AuditFieldTest(name, AuditFieldComparison.Equals, value), .. wanted.Fields] };
            IRecordOutput records = output.FormOf(parsed) == Timeline
                ? new TimelineOutput(context.Terminal, DateTimeZoneProviders.Tzdb[log.TimeZone], name, value)
                : output.Create(parsed, context.Terminal, log.TimeZone);
            var search = new RecordSearch(context, log, wanted, int.MaxValue, reverse: false) { VerifiedBy = verified.Read(parsed) };
            int exitCode = search.WriteTo(records);
            return ReadRecord.Write(context, parsed, files, log, search.Found) ? exitCode : ExitCode.Error;
        });
        return command;
    }
}
