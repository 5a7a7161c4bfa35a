namespace EzAudit.Storage;

/// <summary>How a format delimits records, as far as storage must know.</summary>
/// <param name="Terminator">Ends every record and never occurs inside one.</param>
/// <param name="Start">Starts every record; empty if there is no fixed start.</param>
/// <param name="TornTailEnd">Closes a torn tail, so that readers recognize it as torn.</param>
internal sealed record Framing(ReadOnlyMemory<byte> Terminator, ReadOnlyMemory<byte> Start, ReadOnlyMemory<byte> TornTailEnd);
