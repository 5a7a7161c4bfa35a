namespace EzAudit.Cli.Tooling;

/// <summary>Something that the one who called the tool has to put right; ends it with exit code 2.</summary>
internal sealed class ToolException(string place, string found, string wanted) : Exception($"{place}: found {found}, expected {wanted}");
