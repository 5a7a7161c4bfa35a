using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace EzAudit.Spooling.Entries;

/// <summary>
/// An entry of the spool: its length, a checksum of the record and the number, its number in the run, and the bytes of a record. Damage from a power
/// failure shows in the length or the checksum.
/// </summary>
internal static class SpoolEntry
{
    public const int HeaderBytes = 16;

    /// <summary>The most bytes of a record; a greater length is invalid.</summary>
    public const int MostBytes = 64 << 20;

    private const int LengthBytes = sizeof(int);
    private const int NumberOffset = 8;

    /// <summary>The checksum of a record, which callers compute in parallel; that of its entry is derived from it.</summary>
    public static uint Checksum(ReadOnlySpan<byte> record)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(record);
        foreach (ulong word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (byte rest in record[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, rest);
        return sum;
    }

    /// <summary>Writes an entry without its number.</summary>
    /// <param name="record">The record.</param>
    /// <param name="checksum">Its checksum.</param>
    /// <param name="entry">Room for the entry.</param>
    public static void Write(ReadOnlySpan<byte> record, uint checksum, Span<byte> entry)
    {
        BinaryPrimitives.WriteInt32LittleEndian(entry, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[LengthBytes..], checksum);
        record.CopyTo(entry[HeaderBytes..]);
    }

    /// <summary>Numbers an entry that lacks only its number.</summary>
    /// <param name="entry">The entry, and whatever follows it.</param>
    /// <param name="number">Its number in the run.</param>
    /// <returns>Its size.</returns>
    public static int Complete(Span<byte> entry, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(entry[NumberOffset..], number);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(entry[LengthBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[LengthBytes..], BitOperations.Crc32C(checksum, (ulong)number));
        return HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(entry);
    }

    /// <summary>The length of the record with this header; -1 if the header is invalid.</summary>
    public static int ReadLength(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is > 0 and <= MostBytes ? length : -1;
    }

    public static long ReadNumber(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[NumberOffset..]);

    /// <summary>Whether the checksum of a whole entry is right.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> entry) =>
        BinaryPrimitives.ReadUInt32LittleEndian(entry[LengthBytes..]) == BitOperations.Crc32C(Checksum(entry[HeaderBytes..]), (ulong)ReadNumber(entry));
}
