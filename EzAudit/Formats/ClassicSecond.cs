namespace EzAudit.Formats;

/// <summary>The start of a header with one second, ready to be copied. Immutable, so threads share it without a lock.</summary>
internal sealed record ClassicSecond(long Second, byte[] Bytes);
