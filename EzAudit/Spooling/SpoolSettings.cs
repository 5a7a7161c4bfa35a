using System.Globalization;
using EzAudit.Extensibility;

namespace EzAudit.Spooling;

/// <summary>What the section of a sender says about its spool.</summary>
internal sealed record SpoolSettings
{
    private const int MostRecords = 1_000_000;
    private const int MostBatchBytes = 256 << 20;

    private static readonly (string Unit, int Milliseconds)[] Durations = [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)];

    /// <summary>The name of the target.</summary>
    public required string Name { get; init; }

    public required string Directory { get; init; }

    /// <summary>The most bytes in the spool.</summary>
    public required long MostBytes { get; init; }

    /// <summary>Where its records come from, in their ids.</summary>
    public required string Origin { get; init; }

    public required AuditBatchLimits Limits { get; init; }

    /// <summary>The longest wait between two attempts.</summary>
    public required TimeSpan RetryMost { get; init; }

    /// <summary>Whether a record must be spooled with its route's durability; otherwise handing it to the operating system is enough.</summary>
    public required bool IsRequired { get; init; }

    public required Action<string> Report { get; init; }

    /// <summary>Whether an unreachable receiver is reported here, and not by the owner of the spool.</summary>
    public bool ReportsTrouble { get; init; } = true;

    /// <summary>Reads the section of a target.</summary>
    /// <param name="settings">The section.</param>
    /// <param name="defaults">The batch limits of the type.</param>
    /// <param name="directory">The default of <c>SpoolDir</c>, relative to the root.</param>
    /// <exception cref="AuditComponentSettingsException">A value is not valid.</exception>
    public static SpoolSettings Read(AuditComponentSettings settings, AuditBatchLimits defaults, string directory) => new()
    {
        Name = settings.Name,
        Directory = Path.GetFullPath(Path.Combine(settings.Root, settings[AuditSenderType.Directory] ?? directory)),
        MostBytes = Size(settings, AuditSenderType.Size, 256 << 20, 1 << 20, 1L << 40, "a size from 1MiB to 1024GiB, such as 256MiB"),
        Origin = ReadOrigin(settings),
        Limits = new AuditBatchLimits(
            Number(settings, AuditSenderType.BatchRecords, defaults.Records, MostRecords),
            (int)Size(settings, AuditSenderType.BatchBytes, defaults.Bytes, 1 << 10, MostBatchBytes, "a size from 1KiB to 256MiB, such as 1MiB"),
            Duration(settings, AuditSenderType.BatchAge, defaults.Age, TimeSpan.Zero, TimeSpan.FromHours(1), "a time from 0s to 1h, such as 200ms")),
        RetryMost = Duration(settings, AuditSenderType.RetryMost, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), "a time from 100ms to 1h, such as 10s"),
        IsRequired = settings["Required"] != "no",
        Report = settings.Report,
    };

    private static string ReadOrigin(AuditComponentSettings settings)
    {
        string origin = settings[AuditSenderType.Origin] ?? $"{Environment.MachineName}/{AppDomain.CurrentDomain.FriendlyName}";
        return origin.Length is > 0 and <= 200 && !origin.Any(char.IsControl)
            ? origin
            : throw new AuditComponentSettingsException(AuditSenderType.Origin, "1 to 200 characters, such as web1/shop");
    }

    private static int Number(AuditComponentSettings settings, string key, int absent, int most)
    {
        if (settings[key] is not { } text) return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most) return number;
        throw new AuditComponentSettingsException(key, $"a number from 1 to {most}");
    }

    private static long Size(AuditComponentSettings settings, string key, long absent, long least, long most, string expected)
    {
        if (settings[key] is not { } text) return absent;
        (string unit, int shift) = Array.Find([("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)], unit => text.EndsWith(unit.Item1, StringComparison.Ordinal));
        bool isNumber = long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        if (isNumber && number <= most >> shift && number << shift >= least) return number << shift;
        throw new AuditComponentSettingsException(key, expected);
    }

    private static TimeSpan Duration(AuditComponentSettings settings, string key, TimeSpan absent, TimeSpan least, TimeSpan most, string expected)
    {
        if (settings[key] is not { } text) return absent;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        int milliseconds = digits < 1 ? 0 : Array.Find(Durations, unit => text.AsSpan(digits).SequenceEqual(unit.Unit)).Milliseconds;
        if (milliseconds > 0 && int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            TimeSpan time = TimeSpan.FromMilliseconds((double)number * milliseconds);
            if (time >= least && time <= most) return time;
        }
        throw new AuditComponentSettingsException(key, expected);
    }
}
