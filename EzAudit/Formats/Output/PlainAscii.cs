using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EzAudit.Formats.Output;

/// <summary>Checks and narrows a text in one pass: printable ASCII without meaning in the classic format, which most texts are.</summary>
/// <remarks>Optimized for speed: with a search followed by a conversion, formatting a record took 50 % longer. Measured by the side-by-side benchmark.</remarks>
internal static class PlainAscii
{
    /// <summary>Excludes no further character: anything below the blank is never plain.</summary>
    public const char NoOther = '\0';

    private const ushort FirstPrintable = ' ';
    private const ushort PrintableRange = '~' - ' ';
    // The opening bracket, the backslash and the closing bracket are adjacent.
    private const ushort FirstMark = '[';
    private const ushort MarkRange = ']' - '[';
    private const int HalfPiece = 4;

    /// <summary>Writes the text as bytes, one per character. Returns false if it is not plain; the output is then invalid.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">At least as long as the text.</param>
    /// <param name="other">One more character that does not count as plain.</param>
    public static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> output, char other)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, text.Length);
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte to = ref MemoryMarshal.GetReference(output);
        return text.Length >= Vector128<ushort>.Count ? TryNarrowLong(ref from, ref to, text.Length, other)
            : text.Length >= HalfPiece ? TryNarrowHalves(ref from, ref to, text.Length, other)
            : TryNarrowShort(ref from, ref to, text.Length, other);
    }

    private static bool TryNarrowShort(ref ushort from, ref byte to, int length, ushort other)
    {
        for (int i = 0; i < length; i++)
        {
            ushort c = Unsafe.Add(ref from, i);
            if ((ushort)(c - FirstPrintable) > PrintableRange || (ushort)(c - FirstMark) <= MarkRange || c == other) return false;
            Unsafe.Add(ref to, i) = (byte)c;
        }
        return true;
    }

    // A single vector made of the first and the last half of the text.
    private static bool TryNarrowHalves(ref ushort from, ref byte to, int length, ushort other)
    {
        nuint last = (nuint)(length - HalfPiece);
        Vector128<ushort> piece = Vector128.Create(Vector64.LoadUnsafe(ref from), Vector64.LoadUnsafe(ref from, last));
        Vector64<byte> bytes = Vector128.Narrow(piece, piece).GetLower();
        Unsafe.WriteUnaligned(ref to, bytes.AsUInt32().ToScalar());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, last), bytes.AsUInt32().GetElement(1));
        return Unplain(piece, Vector128.Create(other)) == Vector128<ushort>.Zero;
    }

    // The last vector overlaps the one before it, so that no remainder is left.
    private static bool TryNarrowLong(ref ushort from, ref byte to, int length, ushort other)
    {
        Vector128<ushort> otherMark = Vector128.Create(other);
        Vector128<ushort> found = default;
        int last = length - Vector128<ushort>.Count;
        for (int i = 0; ; i += Vector128<ushort>.Count)
        {
            if (i > last) i = last;
            Vector128<ushort> piece = Vector128.LoadUnsafe(ref from, (nuint)i);
            found |= Unplain(piece, otherMark);
            Vector128.Narrow(piece, piece).GetLower().StoreUnsafe(ref to, (nuint)i);
            if (i == last) return found == Vector128<ushort>.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Unplain(Vector128<ushort> piece, Vector128<ushort> otherMark) =>
        Vector128.GreaterThan(piece - Vector128.Create(FirstPrintable), Vector128.Create(PrintableRange))
        | Vector128.LessThanOrEqual(piece - Vector128.Create(FirstMark), Vector128.Create(MarkRange))
        | Vector128.Equals(piece, otherMark);
}
