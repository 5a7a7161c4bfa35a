using EzAudit.Cli.Output;

namespace EzAudit.Cli.Tooling;

/// <summary>What every command is given.</summary>
/// <param name="Terminal">Where it reads and writes.</param>
/// <param name="Place">The options that say whose audit trail it is.</param>
/// <param name="Stop">Cancelled by Ctrl-C.</param>
internal sealed record ToolContext(Terminal Terminal, PlaceOptions Place, CancellationToken Stop);
