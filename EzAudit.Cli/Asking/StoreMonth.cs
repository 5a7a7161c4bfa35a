using System.Globalization;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>A month of the central store on the command line.</summary>
internal static class StoreMonth
{
    private const string Form = "yyyy-MM";

    public static DateOnly Parse(string text) => DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
        ? day
        : throw new ToolException("MONTH", $"\"{text}\" is not a month; use one such as 2024-01");

    /// <summary>Such as <c>12 records of 2024-01</c>.</summary>
    public static string Records(long count, DateOnly month) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} record{(count == 1 ? "" : "s")} of {month.ToString(Form, CultureInfo.InvariantCulture)}";
}
