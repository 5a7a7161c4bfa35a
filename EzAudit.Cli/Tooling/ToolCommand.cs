using System.CommandLine;

namespace EzAudit.Cli.Tooling;

/// <summary>A command with examples for its help.</summary>
internal sealed class ToolCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>The exit code of a mistake or failure.</summary>
    public int ErrorCode { get; init; } = ExitCode.Error;
}
