namespace EzAudit;

/// <summary>Says that a host has a writer of this name next to its own.</summary>
internal sealed record KeyedWriterName(string Name);
