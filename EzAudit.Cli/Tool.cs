using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using EzAudit.Cli.Commands;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Nats.Settings;
using EzAudit.PostgreSql.Schema;
using EzAudit.Records;

namespace EzAudit.Cli;

/// <summary>Parses the command line, runs the command, and turns every failure into a message and an exit code.</summary>
internal sealed class Tool(Terminal terminal) : IDisposable
{
    public const string Name = "ezaudit";
    private const string Description = "Reads, explains and checks audit trails of EzAudit and eZ Publish.";

    private readonly CancellationTokenSource _stop = new();
    private volatile int _signalExitCode;
    private ToolCommand? _command;

    public int Run(string[] args)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCode.Interrupted));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCode.Terminated));
        try
        {
            int exitCode = Invoke(args);
            terminal.Flush();
            return _signalExitCode != 0 ? _signalExitCode : exitCode;
        }
        catch (OperationCanceledException) when (_signalExitCode != 0)
        {
            return _signalExitCode;
        }
        catch (OutputClosedException)
        {
            // The reader has seen enough and closed the pipe, as head does.
            return ExitCode.Found;
        }
        catch (AuditSettingsException failure)
        {
            foreach (AuditSettingsProblem problem in failure.Problems) terminal.WriteError($"{(problem.IsWarning ? "warning: " : "")}{problem}");
            return ErrorCode;
        }
        catch (Exception failure) when (failure is ToolException or AuditWriteException or AuditLedgerException or AuditStoreException or AuditStreamException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            terminal.WriteError(failure.Message);
            return ErrorCode;
        }
    }

    private int ErrorCode => _command?.ErrorCode ?? ExitCode.Error;

    private int Invoke(string[] args)
    {
        ParseResult parsed = Root().Parse(args);
        _command = parsed.CommandResult.Command as ToolCommand;
        if (parsed.Action is ParseErrorAction)
        {
            foreach (string error in ErrorsOf(parsed)) terminal.WriteError(error);
            terminal.WriteError($"see {NameOf(parsed.CommandResult.Command)} --help");
            return ErrorCode;
        }
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = terminal.Output,
            Error = terminal.Error,
        };
        return parsed.Invoke(configuration);
    }

    /// <summary>All commands. Tests use it too: they compare the commands with docs/cli.md.</summary>
    public RootCommand Root()
    {
        var root = new RootCommand(Description);
        var place = new PlaceOptions();
        place.AddTo(root);
        var context = new ToolContext(terminal, place, _stop.Token);
        root.Add(SearchCommand.Create(context));
        root.Add(TailCommand.Create(context));
        root.Add(ReportCommand.Create(context));
        root.Add(ShowCommand.Create(context));
        root.Add(ExplainCommand.Create(context));
        root.Add(CheckCommand.Create(context));
        root.Add(InitCommand.Create(context));
        root.Add(FunctionsCommand.Create(context));
        root.Add(WriteCommand.Create(context));
        root.Add(ExportCommand.Create(context));
        root.Add(RecoverCommand.Create(context));
        root.Add(EraseCommand.Create(context));
        root.Add(VerifyCommand.Create(context));
        root.Add(ProveCommand.Create(context));
        root.Add(SealCommand.Create(context));
        root.Add(StoreCommand.Create(context));
        root.Add(StreamCommand.Create(context));
        root.Add(CollectCommand.Create(context));
        root.Add(CompletionCommand.Create(context));
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help) help.Action = new ToolHelp((HelpAction)help.Action!, terminal);
        }
        return root;
    }

    public void Dispose() => _stop.Dispose();

    private static string NameOf(Command command) => command is RootCommand ? Name : $"{NameOf(command.Parents.OfType<Command>().First())} {command.Name}";

    // The parser's own messages name neither the option nor what it accepts.
    private static IEnumerable<string> ErrorsOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            string problem = parsed.UnmatchedTokens.Count > 0 ? $"unknown command \"{parsed.UnmatchedTokens[0]}\"" : "no command given";
            string[] names = [.. command.Subcommands.Select(known => known.Name)];
            return [$"{problem}; use {(names is [string only] ? only : $"{string.Join(", ", names[..^1])} or {names[^1]}")}"];
        }
        if (parsed.UnmatchedTokens.Count > 0) return parsed.UnmatchedTokens.Select(token => $"{command.Name}: unexpected argument \"{token}\"");
        return parsed.Errors.Select(TextOf);
    }

    private static string TextOf(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => Missing(option),
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult option } => Missing(option),
        ArgumentResult { Tokens.Count: 0, Argument: { Description: { Length: > 0 } text } argument } =>
            $"{argument.HelpName ?? argument.Name}: missing; give {char.ToLowerInvariant(text[0])}{text[1..]}",
        _ => error.Message,
    };

    private static string Missing(OptionResult option) => $"{option.IdentifierToken?.Value ?? option.Option.Name}: needs a value: {option.Option.HelpName}";

    // Commands that read or write see the cancellation and end on their own; one that waits for input is ended after the grace period.
    private void Stop(PosixSignalContext signal, int exitCode)
    {
        if (_signalExitCode != 0) return;
        signal.Cancel = true;
        _signalExitCode = exitCode;
        _stop.CancelAfter(TimeSpan.Zero);
        ThreadPool.QueueUserWorkItem(async _ =>
        {
            await Task.Delay(_command?.Grace ?? ToolCommand.UsualGrace).ConfigureAwait(false);
            Environment.Exit(exitCode);
        });
    }
}
