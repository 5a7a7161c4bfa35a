using System.Globalization;
using NodaTime;

namespace EzAudit.Settings.Schema;

/// <summary>Parses values that have a notation of their own in settings: sizes, durations and permissions.</summary>
internal static class ValueText
{
    // Each list has the longer units first: "ms" also ends in "s", and every text ends in "".
    private static readonly (string Unit, int Shift)[] Sizes = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];

    private static readonly (string Unit, Duration Length)[] Durations =
    [
        ("ms", Duration.FromMilliseconds(1)),
        ("s", Duration.FromSeconds(1)),
        ("m", Duration.FromMinutes(1)),
        ("h", Duration.FromHours(1)),
        ("d", Duration.FromDays(1)),
    ];

    /// <summary>Parses a number of bytes: <c>64MiB</c>.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        (string unit, int shift) = Array.Find(Sizes, size => text.EndsWith(size.Unit, StringComparison.Ordinal));
        if (!long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return false;
        if (number > long.MaxValue >> shift) return false;
        bytes = number << shift;
        return true;
    }

    /// <summary>Parses a duration: <c>10s</c>.</summary>
    public static bool TryParseDuration(string text, out Duration duration)
    {
        duration = Duration.Zero;
        (string? unit, Duration length) = Array.Find(Durations, known => text.EndsWith(known.Unit, StringComparison.Ordinal));
        if (unit is null) return false;
        // More than six digits of days would exceed NodaTime's range.
        ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - unit.Length);
        if (digits.Length > 6 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return false;
        duration = length * number;
        return true;
    }

    /// <summary>Parses octal permission bits, with or without a leading 0, and removes write permission for others, which no file of an audit trail has.</summary>
    public static bool TryParsePermissions(string text, out UnixFileMode mode)
    {
        mode = UnixFileMode.None;
        if (text.Length is < 3 or > 5) return false;
        int bits = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '7') return false;
            bits = (bits << 3) | (c - '0');
        }
        if (bits > 0b111_111_111_111) return false;
        mode = (UnixFileMode)bits & ~UnixFileMode.OtherWrite;
        return true;
    }

    /// <summary>Whether octal permission bits ask for write permission for others.</summary>
    public static bool AsksForOthersToWrite(string? permissions) => permissions is [.., '2' or '3' or '6' or '7'];
}
