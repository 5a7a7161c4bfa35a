using System.CommandLine;

namespace EzAudit.Cli.Tooling;

/// <summary>A command with examples for its help.</summary>
internal sealed class ToolCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>The exit code of a mistake or failure.</summary>
    public int ErrorCode { get; init; } = ExitCode.Error;

    /// <summary>How long most commands may go on after Ctrl-C or SIGTERM.</summary>
    public static TimeSpan UsualGrace { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the command may go on after Ctrl-C or SIGTERM.</summary>
    public TimeSpan Grace { get; init; } = UsualGrace;
}
