using System.Text.Json;
using EzAudit.Formats.InPlace;

namespace EzAudit.Formats.Json;

/// <summary>Lays out an erased record in the format json: time and function as they were, everything else empty, and a field.</summary>
internal static class ErasedJsonRecord
{
    /// <summary>Erases a line that is a record; <see langword="null"/> if an empty record does not fit in it.</summary>
    /// <param name="line">The line with its line end.</param>
    public static byte[]? Of(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd("\r\n"u8);
        FindTexts(text, out ReadOnlySpan<byte> time, out ReadOnlySpan<byte> function);
        byte[] head = [.. JsonSyntax.Start, .. time, .. "\""u8, .. function, .. ",\"address\":\"\",\"actor\":{\"login\":\""u8];
        ReadOnlySpan<byte> middle = "\",\"id\":\"\"},\"fields\":["u8;
        int spare = text.Length - head.Length - middle.Length - "]}"u8.Length;
        if (spare < 0) return null;
        byte[] field = [.. "[\""u8, .. ErasedText.FieldName, .. "\",\""u8];
        int value = spare - field.Length - "\"]"u8.Length;
        byte[] filler = new byte[value < 0 ? spare : value];
        if (value < 0) ErasedText.FillLogin(filler);
        else ErasedText.FillValue(filler);
        ReadOnlySpan<byte> end = line[text.Length..];
        return value < 0
            ? [.. head, .. filler, .. middle, .. "]}"u8, .. end]
            : [.. head, .. middle, .. field, .. filler, .. "\"]]}"u8, .. end];
    }

    // The time as it is written, and the member of the function with the comma before it; empty if there is none.
    private static void FindTexts(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> time, out ReadOnlySpan<byte> function)
    {
        time = default;
        function = default;
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonText.Read(reader.ValueSpan);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) reader.Skip();
            else if (name == "time") time = reader.ValueSpan;
            else if (name == "function") function = (byte[])[.. ",\"function\":\""u8, .. reader.ValueSpan, .. "\""u8];
        }
    }
}
