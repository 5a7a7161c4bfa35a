using System.Globalization;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Runs one search and reports the problems of the files it read on standard error.</summary>
internal sealed class RecordSearch(ToolContext context, AuditLog log, AuditQuery query, int limit, bool reverse)
{
    private readonly Terminal _terminal = context.Terminal;

    private IReadOnlyList<AuditLogProblem> _problems = [];

    /// <summary>How many records were found.</summary>
    public long Found { get; private set; }

    /// <summary>Writes the number of records; returns the exit code.</summary>
    public int Count()
    {
        // With a limit, reading stops early.
        long count = limit < int.MaxValue ? Read(_ => { }) : CountAll();
        _terminal.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        Found = count;
        return ExitCode.Of(count, _problems);
    }

    /// <summary>Writes the records; returns the exit code.</summary>
    public int WriteTo(IRecordOutput output)
    {
        long count = Read(output.Write);
        output.Finish();
        Found = count;
        return ExitCode.Of(count, _problems);
    }

    // A summary rather than a count, because it also reports the problems in the files.
    private long CountAll()
    {
        AuditSummary summary;
        using (Progress progress = Progress.Start(_terminal)) summary = log.Summarize(query, [], progress.Reading, context.Stop);
        Report(summary.Problems);
        return summary.Count;
    }

    private long Read(Action<AuditFoundRecord> take)
    {
        AuditSearch search;
        long count = 0;
        using (Progress progress = Progress.Start(_terminal))
        {
            search = reverse
                ? log.SearchBackwards(query, progress.Reading, context.Stop)
                : log.Search(query, progress.Reading, context.Stop);
            foreach (AuditFoundRecord record in search.Take(limit))
            {
                if (_terminal.IsTerminal) progress.Hide();
                take(record);
                // A person at a terminal sees each record as it is found.
                if (_terminal.IsTerminal) _terminal.Flush();
                count++;
            }
        }
        Report(search.Problems);
        return count;
    }

    private void Report(IReadOnlyList<AuditLogProblem> problems)
    {
        _problems = problems;
        _terminal.WriteProblems(problems);
    }
}
