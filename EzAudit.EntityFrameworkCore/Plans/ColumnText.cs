using System.Globalization;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>The text of a column's value in records.</summary>
internal static class ColumnText
{
    public const string Null = "[null]";
    public const string Redacted = "[redacted]";

    private const int MostBytes = 64;

    public static string Of(object? value) => value switch
    {
        null or DBNull => Null,
        string text => text,
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        byte[] bytes when bytes.Length > MostBytes => string.Create(CultureInfo.InvariantCulture, $"[{bytes.Length} bytes]"),
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        _ => new AuditField("", value).Value,
    };
}
