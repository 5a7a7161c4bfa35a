using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Runs an erasure and reports it.</summary>
internal sealed class ErasureDialogue(ToolContext context, AuditErasure erasure)
{
    private const int MaxRanges = 20;
    private const int MaxAttempts = 5;

    private readonly Terminal _terminal = context.Terminal;

    public int Show(AuditQuery query)
    {
        AuditErasurePlan plan = Find(query);
        foreach (AuditErasableFile file in plan.Files) _terminal.WriteLine($"{file.File.Path}: {Count(file.Records.Count)}: {Numbers(file.Records.Select(record => record.Number))}");
        if (plan.Records > 0) _terminal.WriteLine($"{Count(plan.Records)} would be erased. Nothing was changed; add --execute and --reason to erase.");
        if (plan.IsInterrupted) _terminal.WriteError("an earlier erasure was interrupted; the next one, or ezaudit erase --finish, finishes it");
        return Report(plan, plan.Records);
    }

    public int Execute(AuditQuery query, string reason)
    {
        AuditActor user = CurrentUser.Actor;
        var order = new AuditErasureOrder { User = $"{user.Login}:{user.Id}", Reason = reason };
        AuditErasurePlan plan = Find(query);
        long found = plan.Records;
        // A file that is compressed at this moment is found again under its new name.
        for (int attempt = 1; plan.Records > 0; attempt++)
        {
            AuditErased erased;
            using (Progress progress = Progress.Start(_terminal)) erased = Guard(() => erasure.Execute(plan, order, progress, context.Stop));
            bool isLast = !erased.NeedsAnotherSearch || attempt == MaxAttempts;
            Write(erased, isLast);
            if (isLast) return Math.Max(Report(plan, found), erased.Problems.Count > 0 ? ExitCode.Error : ExitCode.Found);
            plan = Find(query);
        }
        return Report(plan, found);
    }

    public int Finish()
    {
        AuditErased erased = Guard(() => erasure.Finish(context.Stop));
        if (!erased.HasFinishedEarlier) _terminal.WriteLine("No erasure was interrupted.");
        Write(erased, isLast: true);
        return erased.Problems.Count > 0 ? ExitCode.Error : ExitCode.Of(erased.HasFinishedEarlier ? 1 : 0);
    }

    private void Write(AuditErased erased, bool isLast)
    {
        if (erased.HasFinishedEarlier) _terminal.WriteLine("An erasure that was interrupted earlier is finished.");
        if (erased.Records > 0)
        {
            string orders = erased.Orders.Count == 0 ? "" : $" The order is leaf {string.Join(", ", erased.Orders)} of the ledger.";
            _terminal.WriteLine($"{Count(erased.Records)} erased in {erased.Files.Count} {(erased.Files.Count == 1 ? "file" : "files")}, on disk.{orders}");
        }
        if (isLast) _terminal.WriteProblems(erased.Problems);
    }

    private AuditErasurePlan Find(AuditQuery query)
    {
        using Progress progress = Progress.Start(_terminal);
        return erasure.Find(query, progress, context.Stop);
    }

    // What remains although it was asked for, and the exit code.
    private int Report(AuditErasurePlan plan, long count)
    {
        foreach (AuditHeldRecords held in plan.Held)
            _terminal.WriteError($"{held.File}: {Count(held.Records.Count)} not erased because of {held.Description}: {Numbers(held.Records)}");
        _terminal.WriteProblems(plan.Problems);
        return plan.Held.Count > 0 ? ExitCode.Error : ExitCode.Of(count, plan.Problems);
    }

    private static AuditErased Guard(Func<AuditErased> run)
    {
        try
        {
            return run();
        }
        catch (AuditErasureException failure)
        {
            throw new ToolException("erase", failure.Message);
        }
    }

    private static string Count(long records) => $"{records} record{(records == 1 ? "" : "s")}";

    // Consecutive numbers as ranges.
    private static string Numbers(IEnumerable<long> numbers)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (long number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].Last + 1 == number) ranges[^1] = (ranges[^1].First, number);
            else ranges.Add((number, number));
        }
        string text = string.Join(", ", ranges.Take(MaxRanges).Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
        return ranges.Count > MaxRanges ? $"{text} ..." : text;
    }
}
