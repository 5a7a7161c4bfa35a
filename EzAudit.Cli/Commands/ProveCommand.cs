using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit prove</c>: writes the proof of one record.</summary>
internal static class ProveCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "prove",
            "Writes a proof of one record, which can be checked with a verification key and without the log",
            "ezaudit prove login.log 4711 > login.tlog-proof    # file and offset as \"ezaudit search -o json\" shows them",
            "ezaudit prove --seq 12 --record 3 --output order-7.tlog-proof",
            "ezaudit prove --dir /mnt/copy/audit --key shop.vkey login.log 4711");
        var file = new Argument<string?>("FILE") { Description = "Log file of the record", Arity = ArgumentArity.ZeroOrOne };
        var offset = new Argument<long?>("OFFSET") { Description = "Offset of the record's first byte", Arity = ArgumentArity.ZeroOrOne };
        var leaf = new Option<long?>("--seq") { Description = "Leaf of the ledger that attests the record, instead of a file and an offset", HelpName = "N" };
        var record = new Option<int>("--record") { Description = "Number of the record in the leaf; defaults to 1", HelpName = "N", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--output") { Description = "File to write; defaults to standard output", HelpName = "FILE" };
        var ledger = new KeyOption(context.Place);
        command.Add(file);
        command.Add(offset);
        command.Add(leaf);
        command.Add(record);
        command.Add(output);
        ledger.AddTo(command);
        command.SetAction(parsed =>
        {
            string proof = (parsed.GetValue(leaf), parsed.GetValue(file), parsed.GetValue(offset)) switch
            {
                ({ } number, null, null) => ledger.Open(parsed).Prove(number, parsed.GetValue(record), context.Stop),
                (null, { } path, { } place) => ledger.Open(parsed).Prove(path, place, context.Stop),
                _ => throw new ToolException("prove", "name either a file and an offset, or --seq"),
            };
            if (parsed.GetValue(output) is { } target) File.WriteAllText(target, proof);
            else context.Terminal.Output.Write(proof);
            return ExitCode.Found;
        });
        return command;
    }
}
