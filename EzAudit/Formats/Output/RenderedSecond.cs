namespace EzAudit.Formats.Output;

/// <summary>A second as a format writes it, in front of its fraction and behind it. Immutable, so threads share it without a lock.</summary>
internal sealed record RenderedSecond(long Second, byte[] Head, byte[] Tail);
