namespace EzAudit.Formats.InPlace;

/// <summary>What stands in place of the texts of an erased record, which keeps its length, its time and its function.</summary>
internal static class ErasedText
{
    /// <summary>The name of its only field.</summary>
    public static ReadOnlySpan<byte> FieldName => "Erased"u8;

    /// <summary>The value of that field.</summary>
    public static void FillValue(Span<byte> bytes) => bytes.Fill((byte)'x');

    /// <summary>The login of a record that is too short for the field.</summary>
    public static void FillLogin(Span<byte> bytes)
    {
        bytes.Fill((byte)'x');
        if (bytes.Length >= "erased"u8.Length) "erased"u8.CopyTo(bytes);
    }
}
