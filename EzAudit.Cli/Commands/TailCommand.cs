using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit tail</c>: shows the last records of one, several or all functions, and with <c>-f</c> new ones.</summary>
internal static class TailCommand
{
    private const int DefaultCount = 10;

    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "tail",
            "Shows the last records of all files, merged by time, and with -f new ones as they are written",
            "ezaudit tail",
            "ezaudit tail -f --function 'user-*' -o table",
            "ezaudit tail -n 100 --actor admin var/log/audit/order_delete.log");
        var files = new FileArguments(context.Place);
        var query = new QueryOptions(context);
        var output = new OutputOption(OutputOption.Classic, OutputOption.Classic, OutputOption.Json, OutputOption.Csv, OutputOption.Table);
        var limit = Limit.Option("Number of existing records to show; defaults to 10");
        var follows = new Option<bool>("-f", "--follow") { Description = "Keep showing new records, through rotation, until Ctrl-C" };
        files.AddTo(command);
        query.AddTo(command);
        command.Add(limit);
        command.Add(follows);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(follows) && files.IsStandardInput(parsed))
                throw new ToolException("-f", "cannot follow standard input; name files or a root, or use \"ezaudit search -\" to read a pipe to its end");
            using IAuditSource log = files.Open(parsed);
            AuditQuery wanted = query.Read(parsed, log);
            int last = parsed.GetValue(limit) is null ? DefaultCount : Limit.Of(limit, parsed);
            IRecordOutput records = output.Create(parsed, context.Terminal, log.TimeZone);
            if (!parsed.GetValue(follows))
            {
                (int lastCode, long found) = Last(context, log, wanted, last, records);
                return ReadRecord.Write(context, parsed, files, log, found) ? lastCode : ExitCode.Error;
            }
            // Recorded at the start as well: a process that is killed writes nothing at its end.
            bool isOnRecord = ReadRecord.Write(context, parsed, files, log, 0);
            (int exitCode, long count) = Follow(context, log, wanted, last, records).GetAwaiter().GetResult();
            return ReadRecord.Write(context, parsed, files, log, count) && isOnRecord ? exitCode : ExitCode.Error;
        });
        return command;
    }

    private static (int ExitCode, long Found) Last(ToolContext context, IAuditSource log, AuditQuery query, int last, IRecordOutput records)
    {
        var newest = new ReversingOutput();
        var search = new RecordSearch(context, log, query, last, reverse: true);
        int exitCode = search.WriteTo(newest);
        newest.WriteReversed(records);
        return (exitCode, search.Found);
    }

    private static async Task<(int ExitCode, long Found)> Follow(ToolContext context, IAuditSource log, AuditQuery query, int last, IRecordOutput records)
    {
        long count = 0;
        var problems = new List<AuditLogProblem>();
        IAsyncEnumerable<AuditFoundRecord> following = log.FollowAsync(query, last, new AuditReadOptions { OnProblem = Report }, context.Stop);
        await foreach (AuditFoundRecord record in following.ConfigureAwait(false))
        {
            records.Write(record);
            records.Finish();
            context.Terminal.Flush();
            count++;
        }
        return (ExitCode.Of(count, problems), count);

        void Report(AuditLogProblem problem)
        {
            context.Terminal.WriteError(problem.ToString());
            if (problem.LeavesDoubt && problems.Count == 0) problems.Add(problem);
        }
    }
}
