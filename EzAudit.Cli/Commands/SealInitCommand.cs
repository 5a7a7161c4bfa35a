using System.CommandLine;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit seal init</c>: creates the key of the ledger and prints the verification key, once.</summary>
internal static class SealInitCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "init",
            "Creates the key of the ledger, and prints the verification key that proves later what it signed",
            "ezaudit seal init",
            "ezaudit seal init --key-dir /run/ezaudit/keys --origin example.com/shop",
            "ezaudit seal init --replace");
        var directory = new Option<string?>("--key-dir") { Description = "Directory of the key; defaults to KeyDir in [SealSettings]", HelpName = "DIR" };
        var origin = new Option<string?>("--origin") { Description = "Name of a new ledger in its checkpoints; defaults to Origin in [SealSettings], then to HOST/DIRECTORY", HelpName = "NAME" };
        var replace = new Option<bool>("--replace") { Description = "Destroy an existing key; the ledger gets a new trust root, which every verification reports unless it is told the new key too" };
        command.Add(directory);
        command.Add(origin);
        command.Add(replace);
        command.SetAction(parsed =>
        {
            context.Place.UsePlugins(parsed);
            AuditSealKey key = CreateKey(context.Place.RootOf(parsed), new AuditSealKeyOptions
            {
                SiteAccess = context.Place.SiteAccessOf(parsed),
                KeyDirectory = parsed.GetValue(directory),
                Origin = parsed.GetValue(origin),
                Replaces = parsed.GetValue(replace),
            });
            Write(context.Terminal, key);
            return ExitCode.Found;
        });
        return command;
    }

    private static AuditSealKey CreateKey(string root, AuditSealKeyOptions options)
    {
        try
        {
            return AuditLedger.CreateKey(root, options);
        }
        catch (ArgumentException failure) when (failure.ParamName == nameof(options))
        {
            // The message without the name of the parameter.
            throw new ToolException("seal init", failure.Message[..failure.Message.LastIndexOf(" (", StringComparison.Ordinal)]);
        }
    }

    private static void Write(Terminal terminal, AuditSealKey key)
    {
        terminal.WriteLine($"Key: {key.Path ?? "held by the signer that the settings name"}");
        terminal.WriteLine($"Origin: {key.Origin}");
        terminal.WriteLine($"Fingerprint: {key.Fingerprint}");
        terminal.WriteLine("Verification key:");
        terminal.WriteLine(key.VerificationKey);
        terminal.WriteLine("");
        terminal.WriteLine("Keep the verification key where nobody who can change this machine can change it: in a repository, a ticket, on paper.");
        terminal.WriteLine("It is not secret. \"ezaudit verify --key\" proves with it that the log is what was written; without it nothing can be proved.");
    }
}
