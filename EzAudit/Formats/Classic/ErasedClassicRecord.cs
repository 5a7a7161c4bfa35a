using EzAudit.Formats.InPlace;

namespace EzAudit.Formats.Classic;

/// <summary>Lays out an erased record in the classic format: <c>[ time ] [] [:]</c>, a field, and the line that names the function, if there is one.</summary>
internal static class ErasedClassicRecord
{
    // The shortest header: after the time, an empty address, login and id.
    private const int HeaderLength = ClassicHeader.StartLength + 5;

    /// <param name="record">The record with its line ends.</param>
    /// <param name="textLength">Its length without the line ends.</param>
    /// <param name="lineEnd">The end of its lines.</param>
    /// <param name="functionLine">The line that names its function; empty if there is none.</param>
    public static byte[] Of(ReadOnlySpan<byte> record, int textLength, ReadOnlySpan<byte> lineEnd, ReadOnlySpan<byte> functionLine)
    {
        byte[] erased = record.ToArray();
        int spare = textLength - HeaderLength - (functionLine.IsEmpty ? 0 : lineEnd.Length + functionLine.Length);
        int value = spare - lineEnd.Length - ErasedText.FieldName.Length - 2;
        int login = value < 0 ? spare : 0;
        Span<byte> rest = erased.AsSpan(ClassicHeader.StartLength, textLength - ClassicHeader.StartLength);
        Put(ref rest, "] ["u8);
        ErasedText.FillLogin(rest[..login]);
        rest = rest[login..];
        Put(ref rest, ":]"u8);
        if (value >= 0)
        {
            Put(ref rest, lineEnd);
            Put(ref rest, ErasedText.FieldName);
            Put(ref rest, ": "u8);
            ErasedText.FillValue(rest[..value]);
            rest = rest[value..];
        }
        if (functionLine.IsEmpty) return erased;
        Put(ref rest, lineEnd);
        Put(ref rest, functionLine);
        return erased;
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
