namespace EzAudit.Storage;

/// <summary>How records lie in a file, as far as storage must know: what ends each one and, where known, what starts it.</summary>
internal sealed record Framing(ReadOnlyMemory<byte> Terminator, ReadOnlyMemory<byte> Start);
