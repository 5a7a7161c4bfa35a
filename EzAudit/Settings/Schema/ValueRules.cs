using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using NodaTime;
using NodaTime.Text;

namespace EzAudit.Settings.Schema;

/// <summary>The rules for the values of all text keys, including the notation of sizes, durations and permissions.</summary>
internal static class ValueRules
{
    private const int MaxLimitBytes = 1 << 30;
    private const int MaxLeafBytes = 1 << 20;
    private const int MaxOriginBytes = 255;

    // Each list has the longer units first: "ms" also ends in "s", and every text ends in "".
    private static readonly (string Unit, int Shift)[] SizeUnits = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];

    private static readonly (string Unit, Duration Length)[] DurationUnits =
    [
        ("ms", NodaTime.Duration.FromMilliseconds(1)),
        ("s", NodaTime.Duration.FromSeconds(1)),
        ("m", NodaTime.Duration.FromMinutes(1)),
        ("h", NodaTime.Duration.FromHours(1)),
        ("d", NodaTime.Duration.FromDays(1)),
    ];

    public static ValueRule<bool> Audit { get; } = OneOf(("enabled", true), ("disabled", false));

    public static ValueRule<bool> Seal { get; } = OneOf(("enabled", true), ("disabled", false));

    public static ValueRule<UnknownFunctionPolicy> OnUnknownFunction { get; } =
        OneOf(("ignore", UnknownFunctionPolicy.Ignore), ("report", UnknownFunctionPolicy.Report), ("throw", UnknownFunctionPolicy.Throw));

    public static ValueRule<AuditDurability> Durability { get; } =
        OneOf(("disk", AuditDurability.Disk), ("os", AuditDurability.Os), ("queue", AuditDurability.Queue));

    public static ValueRule<FailurePolicy> OnFailure { get; } =
        OneOf(("fail", FailurePolicy.Fail), ("continue", FailurePolicy.Continue), ("shutdown", FailurePolicy.Shutdown));

    public static ValueRule<RotationInterval> Interval { get; } = OneOf(
        ("none", RotationInterval.None), ("hourly", RotationInterval.Hourly), ("daily", RotationInterval.Daily),
        ("weekly", RotationInterval.Weekly), ("monthly", RotationInterval.Monthly));

    public static ValueRule<RotationNaming> Naming { get; } = OneOf(("dated", RotationNaming.Dated), ("numbered", RotationNaming.Numbered));

    public static ValueRule<RedactionMode> RedactionMode { get; } =
        OneOf(("mask", Model.RedactionMode.Mask), ("hmac", Model.RedactionMode.Hmac));

    public static ValueRule<CardSearch> Cards { get; } = OneOf(("text", CardSearch.Text), ("all", CardSearch.All), ("none", CardSearch.None));

    public static ValueRule<bool> Compress { get; } = OneOf(("none", false), ("gzip", true));

    public static ValueRule<bool> Required { get; } = OneOf(("yes", true), ("no", false));

    public static ValueRule<long> Size { get; } = new("a size such as 64MiB (KiB, MiB, GiB or plain bytes), or 0 for none", TryParseSize);

    public static ValueRule<int> Limit { get; } = new("a size from 1 byte to 1GiB, such as 64KiB", TryLimit);

    public static ValueRule<int> LeafBytes { get; } = new("a size of at most 1MiB, such as 16KiB, or 0 for a leaf for each record", TryLeafBytes);

    public static ValueRule<Duration> Duration { get; } = new("a time such as 10s (ms, s, m, h or d)", TryParseDuration);

    public static ValueRule<Duration> Epoch { get; } = TimeBetween("1m", "24h", "15m");

    public static ValueRule<Duration> AnchorInterval { get; } = TimeBetween("1s", "24h", "60s");

    // The last year is left out, because the day after its end would be beyond NodaTime's range.
    public static ValueRule<LocalDate?> Date { get; } = new(
        "a date such as 2030-12-31",
        (string text, out LocalDate? date) => (date = LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: > 0 and < 9999 } day } ? day : null) is not null);

    public static ValueRule<int> FieldCount { get; } = Number(1, 1_000_000);

    public static ValueRule<int> Days { get; } = Number(0, 36_500);

    public static ValueRule<int?> KeptFiles { get; } = AllOrNumber(1_000_000);

    public static ValueRule<int?> KeptDays { get; } = AllOrNumber(36_500);

    public static ValueRule<UnixFileMode> FilePermissions { get; } = Permissions(UnixFileMode.UserRead | UnixFileMode.UserWrite, "0600");

    public static ValueRule<UnixFileMode> DirectoryPermissions { get; } =
        Permissions(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, "0700");

    // eZ Publish's own site.ini has an empty TimeZone= for the default.
    public static ValueRule<DateTimeZone> TimeZone { get; } = new(
        "the name of a time zone in the tz database, such as Europe/Vienna",
        (string text, [MaybeNullWhen(false)] out DateTimeZone zone) => (zone = text.Length == 0 ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(text)) is not null);

    public static ValueRule<string> Origin { get; } = new(
        $"a name of 1 to {MaxOriginBytes} bytes, without blanks, control characters and \"+\"",
        (string text, [MaybeNullWhen(false)] out string origin) => (origin = text).Length > 0 && Encoding.UTF8.GetByteCount(text) <= MaxOriginBytes && text.All(IsInOrigin));

    public static ValueRule<string> ActorId { get; } = new(
        "an id of 1 to 128 characters, none of them a control character or a blank",
        (string text, [MaybeNullWhen(false)] out string id) => (id = text).Length is > 0 and <= 128 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)));

    /// <summary>Whether the name of a ledger may have this character: those of C2SP's signed-note, without control characters.</summary>
    public static bool IsInOrigin(char c) => c != '+' && !char.IsWhiteSpace(c) && !char.IsControl(c);

    private static ValueRule<T> OneOf<T>(params (string Word, T Meaning)[] words) => new(
        Quoted.Choice(words.Select(word => word.Word)),
        (string text, [MaybeNullWhen(false)] out T value) =>
        {
            int index = Array.FindIndex(words, word => word.Word == text);
            value = index < 0 ? default : words[index].Meaning;
            return index >= 0;
        });

    /// <summary>A number within bounds.</summary>
    public static ValueRule<int> Number(int least, int most) => new(
        $"a number from {least} to {most}",
        (string text, out int number) => TryNumber(text, out number) && number >= least && number <= most);

    private static ValueRule<int?> AllOrNumber(int most) => new(
        $"\"all\" or a number from 1 to {most}",
        (string text, out int? value) =>
        {
            value = null;
            if (text == "all") return true;
            if (!TryNumber(text, out int number) || number < 1 || number > most) return false;
            value = number;
            return true;
        });

    /// <summary>A size within bounds, which are written as in a settings file.</summary>
    public static ValueRule<long> SizeBetween(string least, string most, string example)
    {
        _ = TryParseSize(least, out long smallest);
        _ = TryParseSize(most, out long largest);
        return new ValueRule<long>(
            $"a size from {least} to {most}, such as {example}",
            (string text, out long size) => TryParseSize(text, out size) && size >= smallest && size <= largest);
    }

    /// <summary>A time within bounds, which are written as in a settings file.</summary>
    public static ValueRule<Duration> TimeBetween(string least, string most, string example)
    {
        _ = TryParseDuration(least, out Duration shortest);
        _ = TryParseDuration(most, out Duration longest);
        return new ValueRule<Duration>(
            $"a time from {least} to {most}, such as {example}",
            (string text, out Duration time) => TryParseDuration(text, out time) && time >= shortest && time <= longest);
    }

    private static ValueRule<UnixFileMode> Permissions(UnixFileMode owner, string example) => new(
        $"octal permissions such as {example}, at least {example}",
        (string text, out UnixFileMode mode) => TryParsePermissions(text, out mode) && (mode & owner) == owner);

    private static bool TryLimit(string text, out int limit)
    {
        limit = TryParseSize(text, out long size) && size is >= 1 and <= MaxLimitBytes ? (int)size : 0;
        return limit > 0;
    }

    private static bool TryLeafBytes(string text, out int bytes)
    {
        bool isValid = TryParseSize(text, out long size) && size <= MaxLeafBytes;
        bytes = isValid ? (int)size : 0;
        return isValid;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        (string unit, int shift) = Array.Find(SizeUnits, size => text.EndsWith(size.Unit, StringComparison.Ordinal));
        if (!long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return false;
        if (number > long.MaxValue >> shift) return false;
        bytes = number << shift;
        return true;
    }

    private static bool TryParseDuration(string text, out Duration duration)
    {
        duration = NodaTime.Duration.Zero;
        (string? unit, Duration length) = Array.Find(DurationUnits, known => text.EndsWith(known.Unit, StringComparison.Ordinal));
        if (unit is null) return false;
        // More than six digits of days would exceed NodaTime's range.
        ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - unit.Length);
        if (digits.Length > 6 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return false;
        duration = length * number;
        return true;
    }

    // Octal, with or without a leading 0, and never with write permission for others, which no file of an audit trail has.
    private static bool TryParsePermissions(string text, out UnixFileMode mode)
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
}

/// <summary>The syntax of a text value, and how to parse it.</summary>
internal sealed class ValueRule<T>(string expected, ValueRule<T>.Parser parse)
{
    /// <summary>Parses a text; <see langword="false"/> if it is invalid.</summary>
    public delegate bool Parser(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>What a text must be, for the message.</summary>
    public string Expected { get; } = expected;

    public bool TryParse(string text, [MaybeNullWhen(false)] out T value) => parse(text, out value);
}
