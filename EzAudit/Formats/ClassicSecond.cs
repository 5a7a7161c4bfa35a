namespace EzAudit.Formats;

/// <summary>One second as the classic format writes it, ready to be copied. Immutable, so threads share it without a lock.</summary>
internal sealed record ClassicSecond(long Second, byte[] Bytes);
