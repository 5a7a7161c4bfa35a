using System.Globalization;

namespace EzAudit.Settings.Schema;

/// <summary>Parses a number of bytes in the notation of settings: <c>64MiB</c>.</summary>
internal static class SizeText
{
    private static readonly (string Unit, int Shift)[] Units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        (string unit, int shift) = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (!long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return false;
        if (number > long.MaxValue >> shift) return false;
        bytes = number << shift;
        return true;
    }
}
