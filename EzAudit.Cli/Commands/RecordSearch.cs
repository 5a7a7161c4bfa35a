using System.Globalization;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Runs one search and reports the problems of the files it read on standard error.</summary>
internal sealed class RecordSearch(ToolContext context, IAuditSource log, AuditQuery query, int limit, bool reverse)
{
    private readonly Terminal _terminal = context.Terminal;

    private readonly List<AuditLogProblem> _problems = [];

    /// <summary>The ledger that must vouch for the records; <see langword="null"/> for all records.</summary>
    public AuditLedger? VerifiedBy { get; init; }

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

    private long CountAll()
    {
        long count;
        using (Progress progress = Progress.Start(_terminal)) count = log.Count(query, OptionsWith(progress), context.Stop);
        _terminal.WriteProblems(_problems);
        return count;
    }

    private long Read(Action<AuditFoundRecord> take)
    {
        long count = 0;
        using (Progress progress = Progress.Start(_terminal))
        {
            AuditReadOptions options = OptionsWith(progress);
            IEnumerable<AuditFoundRecord> records = reverse ? log.SearchBackwards(query, options, context.Stop) : log.Search(query, options, context.Stop);
            foreach (AuditFoundRecord record in records.Take(limit))
            {
                if (_terminal.IsTerminal) progress.Hide();
                take(record);
                // A person at a terminal sees each record as it is found.
                if (_terminal.IsTerminal) _terminal.Flush();
                count++;
            }
        }
        _terminal.WriteProblems(_problems);
        return count;
    }

    private AuditReadOptions OptionsWith(Progress progress) => new() { Progress = progress, OnProblem = _problems.Add, VerifiedBy = VerifiedBy };
}
