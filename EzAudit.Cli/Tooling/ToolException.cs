namespace EzAudit.Cli.Tooling;

/// <summary>A mistake that the user must correct; ends the tool with exit code 2.</summary>
internal sealed class ToolException(string place, string problem) : Exception($"{place}: {problem}");
