using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace EzAudit.Spooling;

/// <summary>
/// An entry of the spool: its length, a checksum, its number in the run, and the bytes of a record. Damage from a power failure shows in the length or
/// the checksum.
/// </summary>
internal static class SpoolEntry
{
    public const int HeaderBytes = 16;

    /// <summary>The most bytes of a record; a greater length is invalid.</summary>
    public const int MostBytes = 64 << 20;

    private const int LengthBytes = sizeof(int);
    private const int NumberOffset = 8;

    public static void WriteLength(int length, Span<byte> header) => BinaryPrimitives.WriteInt32LittleEndian(header, length);

    /// <summary>Numbers an entry whose length and bytes are written, and adds the checksum.</summary>
    /// <param name="entry">The entry, and whatever follows it.</param>
    /// <param name="number">Its number in the run.</param>
    /// <returns>Its size.</returns>
    public static int Complete(Span<byte> entry, long number)
    {
        int size = HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[NumberOffset..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[LengthBytes..], Checksum(entry[NumberOffset..size]));
        return size;
    }

    /// <summary>The length of the record with this header; -1 if the header is invalid.</summary>
    public static int ReadLength(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is > 0 and <= MostBytes ? length : -1;
    }

    public static long ReadNumber(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[NumberOffset..]);

    /// <summary>Whether the checksum of a whole entry is right.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt32LittleEndian(entry[LengthBytes..]) == Checksum(entry[NumberOffset..]);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, rest);
        return sum;
    }
}
