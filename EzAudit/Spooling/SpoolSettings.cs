using EzAudit.Extensibility;
using EzAudit.Settings.Schema;
using NodaTime;

namespace EzAudit.Spooling;

/// <summary>What the section of a sender says about its spool.</summary>
internal sealed record SpoolSettings
{
    private static readonly ValueRule<long> SpoolSize = ValueRules.SizeBetween("1MiB", "1024GiB", "256MiB");
    private static readonly ValueRule<int> BatchRecords = ValueRules.Number(1, 1_000_000);
    private static readonly ValueRule<long> BatchSize = ValueRules.SizeBetween("1KiB", "256MiB", "1MiB");
    private static readonly ValueRule<Duration> BatchAge = ValueRules.TimeBetween("0s", "1h", "200ms");
    private static readonly ValueRule<Duration> RetryTime = ValueRules.TimeBetween("100ms", "1h", "10s");

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

    /// <summary>Whether the spool keeps all of a record, or only what the sender prepares.</summary>
    public required bool KeepsRecords { get; init; }

    public required Action<string> Report { get; init; }

    /// <summary>Whether an unreachable receiver is reported here, and not by the owner of the spool.</summary>
    public bool ReportsTrouble { get; init; } = true;

    /// <summary>Reads the section of a target.</summary>
    /// <param name="settings">The section.</param>
    /// <param name="options">How senders of the type are called.</param>
    /// <param name="directory">The default of <c>SpoolDir</c>, relative to the root.</param>
    /// <exception cref="AuditComponentSettingsException">A value is not valid.</exception>
    public static SpoolSettings Read(AuditComponentSettings settings, AuditSenderOptions options, string directory) => new()
    {
        Name = settings.Name,
        Directory = Path.GetFullPath(Path.Combine(settings.Root, settings[AuditSenderType.Directory] ?? directory)),
        MostBytes = Value(settings, AuditSenderType.Size, SpoolSize, 256 << 20),
        Origin = ReadOrigin(settings),
        Limits = new AuditBatchLimits(
            Value(settings, AuditSenderType.BatchRecords, BatchRecords, options.Limits.Records),
            (int)Value(settings, AuditSenderType.BatchBytes, BatchSize, options.Limits.Bytes),
            Value(settings, AuditSenderType.BatchAge, BatchAge, Duration.FromTimeSpan(options.Limits.Age)).ToTimeSpan()),
        RetryMost = Value(settings, AuditSenderType.RetryMost, RetryTime, Duration.FromSeconds(10)).ToTimeSpan(),
        IsRequired = settings["Required"] != "no",
        KeepsRecords = options.KeepsRecords,
        Report = settings.Report,
    };

    private static string ReadOrigin(AuditComponentSettings settings)
    {
        string origin = settings[AuditSenderType.Origin] ?? $"{Environment.MachineName}/{AppDomain.CurrentDomain.FriendlyName}";
        return origin.Length is > 0 and <= 200 && !origin.Any(char.IsControl)
            ? origin
            : throw new AuditComponentSettingsException(AuditSenderType.Origin, "1 to 200 characters, such as web1/shop");
    }

    private static T Value<T>(AuditComponentSettings settings, string key, ValueRule<T> rule, T absent)
    {
        if (settings[key] is not { } text) return absent;
        return rule.TryParse(text, out T? value) ? value : throw new AuditComponentSettingsException(key, rule.Expected);
    }
}
