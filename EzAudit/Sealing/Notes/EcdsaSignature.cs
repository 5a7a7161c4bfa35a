namespace EzAudit.Sealing.Notes;

/// <summary>The encoding of an ECDSA signature: <c>SEQUENCE { r INTEGER, s INTEGER }</c> in DER, of which every pair of numbers has exactly one form.</summary>
internal static class EcdsaSignature
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    // Two integers of at most 33 bytes, each with tag and length: all lengths fit into one byte.
    private const int MaxInteger = 33;

    /// <summary>Whether the bytes are a signature for P-256 in strict DER: minimal positive integers, and nothing behind them.</summary>
    public static bool IsStrictDer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != Sequence || bytes[1] != bytes.Length - 2) return false;
        ReadOnlySpan<byte> rest = bytes[2..];
        return SkipInteger(ref rest) && SkipInteger(ref rest) && rest.IsEmpty;
    }

    private static bool SkipInteger(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 3 || rest[0] != Integer) return false;
        int length = rest[1];
        if (length is 0 or > MaxInteger || rest.Length < 2 + length) return false;
        ReadOnlySpan<byte> value = rest.Slice(2, length);
        rest = rest[(2 + length)..];
        bool negative = (value[0] & 0x80) != 0;
        bool zeroOrPadded = value[0] == 0 && (length == 1 || (value[1] & 0x80) == 0);
        return !negative && !zeroOrPadded && (length < MaxInteger || value[0] == 0);
    }
}
