using System.Globalization;
using System.Security.Cryptography;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>Converts a column's value to its text in records. Different values have different texts.</summary>
internal static class ColumnText
{
    public const string Null = "[null]";
    public const string Redacted = "[redacted]";

    /// <summary>Stands for an old value that EF never read.</summary>
    public const string Unknown = "[unknown]";

    private const int MostBytes = 64;

    public static string Of(object? value) => value switch
    {
        null or DBNull => Null,
        string text => Escaped(text),
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        byte[] bytes when bytes.Length > MostBytes =>
            string.Create(CultureInfo.InvariantCulture, $"[{bytes.Length} bytes, sha256={Convert.ToHexString(SHA256.HashData(bytes))}]"),
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        _ when StructuredText.Of(value) is { } text => Escaped(text),
        _ => new AuditField("", value).Value,
    };

    // A text that looks like a marker gets a backslash, as does one that already starts with backslashes, so that every text stays distinct.
    private static string Escaped(string text) => text.EndsWith(']') && text.TrimStart('\\') is (Null or Redacted or Unknown) ? '\\' + text : text;
}
