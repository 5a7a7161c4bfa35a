namespace EzAudit.Cli.Output;

/// <summary>The reader of the output has closed its end of the pipe.</summary>
internal sealed class OutputClosedException(Exception cause) : Exception("The output is closed.", cause);
