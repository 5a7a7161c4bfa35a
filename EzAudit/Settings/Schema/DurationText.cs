using System.Globalization;
using NodaTime;

namespace EzAudit.Settings.Schema;

/// <summary>Parses a duration in the notation of settings: <c>10s</c>.</summary>
internal static class DurationText
{
    // ms before s and m: the longest matching unit applies.
    private static readonly (string Unit, Duration Length)[] Units =
    [
        ("ms", Duration.FromMilliseconds(1)),
        ("s", Duration.FromSeconds(1)),
        ("m", Duration.FromMinutes(1)),
        ("h", Duration.FromHours(1)),
        ("d", Duration.FromDays(1)),
    ];

    public static bool TryParse(string text, out Duration duration)
    {
        duration = Duration.Zero;
        (string? unit, Duration length) = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (unit is null) return false;
        // More than six digits of days would exceed NodaTime's range.
        ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - unit.Length);
        if (digits.Length > 6 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return false;
        duration = length * number;
        return true;
    }
}
