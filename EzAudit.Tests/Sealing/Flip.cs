namespace EzAudit.Tests.Sealing;

/// <summary>Damages bytes.</summary>
internal static class Flip
{
    /// <summary>A copy of which one bit differs.</summary>
    public static byte[] Bit(ReadOnlySpan<byte> bytes, int bit)
    {
        byte[] flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << bit % 8);
        return flipped;
    }
}
