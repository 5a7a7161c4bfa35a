namespace EzAudit.Formats.Output;

/// <summary>A formatted second: the text before and after its fraction. Immutable, so threads share it without a lock.</summary>
internal sealed record RenderedSecond(long Second, byte[] Head, byte[] Tail);
