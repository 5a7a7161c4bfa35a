using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit erase</c>: shows which records an erasure would erase, and erases them if that is confirmed.</summary>
internal static class EraseCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "erase",
            "Erases the texts of records in place; the ledger goes on proving the rest. Shows only what it would erase, unless --execute is given",
            "ezaudit erase \"User id=14\"",
            "ezaudit erase \"User id=14\" --reason \"request 2026-114\" --execute",
            "ezaudit erase --actor editor:16 --function 'user-*' --until 2025-01-01 --reason \"end of retention\" --execute",
            "ezaudit erase --finish");
        var fields = new Argument<string[]>("FIELD=VALUE")
        {
            Description = "Fields with exactly these values, such as \"User id=14\"; a record must have all of them",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var reason = new Option<string?>("--reason") { Description = "Why; it remains in the ledger, so it should not name the person", HelpName = "TEXT" };
        var executes = new Option<bool>("--execute") { Description = "Erase the records; they cannot be restored" };
        var finishes = new Option<bool>("--finish") { Description = "Only finish an erasure that was interrupted" };
        var query = new QueryOptions(context);
        command.Add(fields);
        query.AddTo(command);
        foreach (Option option in new Option[] { reason, executes, finishes }) command.Add(option);
        command.SetAction(parsed =>
        {
            context.Place.UsePlugins(parsed);
            AuditErasure erasure = AuditErasure.Open(context.Place.RootOf(parsed), context.Place.SiteAccessOf(parsed));
            var run = new ErasureDialogue(context, erasure);
            if (parsed.GetValue(finishes)) return run.Finish();
            AuditQuery wanted = Read(context, parsed, query, parsed.GetValue(fields) ?? []);
            if (!parsed.GetValue(executes)) return run.Show(wanted);
            return run.Execute(wanted, parsed.GetValue(reason) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw new ToolException("--reason", "missing; say why the records are erased"));
        });
        return command;
    }

    private static AuditQuery Read(ToolContext context, ParseResult parsed, QueryOptions options, string[] fields)
    {
        AuditQuery query;
        using (AuditLogReader log = context.Place.OpenLog(parsed)) query = options.Read(parsed, log);
        query = query with { Fields = [.. fields.Select(FieldOf), .. query.Fields] };
        bool isRestricted = query.Fields.Count + query.Actors.Count + query.Addresses.Count + query.Texts.Count + query.Functions.Count > 0
            || query.Since is not null || query.Until is not null;
        return isRestricted ? query : throw new ToolException("erase", "no condition; name the records, such as \"User id=14\" or --actor editor:16");
    }

    private static AuditFieldTest FieldOf(string text)
    {
        (string name, string value) = QueryOptions.Pair("FIELD=VALUE", text);
        return new AuditFieldTest(name, AuditFieldComparison.Equals, value);
    }
}

/// <summary>Runs an erasure and reports it.</summary>
internal sealed class ErasureDialogue(ToolContext context, AuditErasure erasure)
{
    private const int MaxRanges = 20;

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
        AuditErasurePlan plan = Find(query);
        if (plan.Records == 0) return Report(plan, 0);
        AuditActor user = CurrentUser.Actor;
        AuditErased erased;
        using (Progress progress = Progress.Start(_terminal))
            erased = Guard(() => erasure.Execute(plan, new AuditErasureOrder { User = $"{user.Login}:{user.Id}", Reason = reason }, progress, context.Stop));
        Write(erased);
        int exitCode = Report(plan, plan.Records);
        return erased.Problems.Count > 0 ? ExitCode.Error : exitCode;
    }

    public int Finish()
    {
        AuditErased erased = Guard(() => erasure.Finish(context.Stop));
        if (!erased.HasFinishedEarlier) _terminal.WriteLine("No erasure was interrupted.");
        Write(erased);
        return erased.Problems.Count > 0 ? ExitCode.Error : ExitCode.Of(erased.HasFinishedEarlier ? 1 : 0);
    }

    private void Write(AuditErased erased)
    {
        if (erased.HasFinishedEarlier) _terminal.WriteLine("An erasure that was interrupted earlier is finished.");
        if (erased.Records > 0)
        {
            string orders = erased.Orders.Count == 0 ? "" : $" The order is leaf {string.Join(", ", erased.Orders)} of the ledger.";
            _terminal.WriteLine($"{Count(erased.Records)} erased in {erased.Files.Count} {(erased.Files.Count == 1 ? "file" : "files")}, on disk.{orders}");
        }
        _terminal.WriteProblems(erased.Problems);
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
