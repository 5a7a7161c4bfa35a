using System.CommandLine;
using EzAudit.Cli.Asking;
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
