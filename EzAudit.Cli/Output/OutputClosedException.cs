namespace EzAudit.Cli.Output;

/// <summary>Nobody reads the output any more: the other end of the pipe is closed.</summary>
internal sealed class OutputClosedException(Exception cause) : Exception("The output is closed.", cause);
