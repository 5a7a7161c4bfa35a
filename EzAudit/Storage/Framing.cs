namespace EzAudit.Storage;

/// <summary>How records lie in a file, as far as storage must know: what ends each one and, where known, what starts it.</summary>
/// <param name="Terminator">Ends every record and stands nowhere inside one.</param>
/// <param name="Start">Starts every record; empty where nothing does always.</param>
/// <param name="TornTailEnd">Closes a torn tail, so that readers see that it is torn.</param>
internal sealed record Framing(ReadOnlyMemory<byte> Terminator, ReadOnlyMemory<byte> Start, ReadOnlyMemory<byte> TornTailEnd);
