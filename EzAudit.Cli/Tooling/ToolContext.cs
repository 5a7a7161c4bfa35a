using EzAudit.Cli.Output;

namespace EzAudit.Cli.Tooling;

/// <summary>What every command needs to run.</summary>
/// <param name="Terminal">Standard output and standard error.</param>
/// <param name="Place">The options that identify the audit trail.</param>
/// <param name="Stop">Cancelled by Ctrl-C and SIGTERM.</param>
internal sealed record ToolContext(Terminal Terminal, PlaceOptions Place, CancellationToken Stop);
