using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace EzAudit.Syslog.Spooling;

/// <summary>A message in the spool: its length, a checksum and the bytes. Damage from a power failure shows in the length or the checksum.</summary>
internal static class SpoolEntry
{
    public const int HeaderBytes = 8;

    // Larger than any message; a greater length is invalid.
    public const int MostBytes = 2 << 20;

    public static void WriteHeader(ReadOnlySpan<byte> message, Span<byte> header)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum(message));
    }

    /// <summary>The length of the message with this header; -1 if the header is invalid.</summary>
    public static int ReadLength(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is > 0 and <= MostBytes ? length : -1;
    }

    public static bool Matches(ReadOnlySpan<byte> header, ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Checksum(message);

    private static uint Checksum(ReadOnlySpan<byte> message)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(message);
        foreach (ulong word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (byte rest in message[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, rest);
        return sum;
    }
}
