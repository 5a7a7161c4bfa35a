using System.Globalization;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Settings.Model;

/// <summary>Answers which records and which log files fall under a legal hold. Immutable.</summary>
/// <param name="holds">The holds, in the order in which they are named as the reason.</param>
/// <param name="fileNames">The log file of each function; <c>*</c> stands for every function not named.</param>
/// <param name="zone">The time zone of the last days.</param>
internal sealed class LegalHolds(IReadOnlyList<HoldSettings> holds, IReadOnlyDictionary<string, string> fileNames, DateTimeZone zone)
{
    private const string CatchAll = "*";

    // As open files are compared: another case may be another file only on Linux.
    private static readonly StringComparison SameFile = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The holds of these settings.</summary>
    public static LegalHolds Of(AuditSettings settings) =>
        new(settings.Holds, settings.FileNames.ToDictionary(file => file.Key, file => file.Value.Value, StringComparer.Ordinal), settings.TimeZone);

    /// <summary>A hold in force under which a record falls; <see langword="null"/> if there is none, so that the record may be erased.</summary>
    /// <param name="function">The function of the record; empty if it is unknown, which every hold covers.</param>
    /// <param name="fields">The fields of the record.</param>
    /// <param name="now">The present time.</param>
    public HoldSettings? Find(string function, ReadOnlySpan<AuditField> fields, Instant now)
    {
        foreach (HoldSettings hold in holds)
        {
            if (IsInForce(hold, now) && Covers(hold, function) && HasFieldOf(hold, fields)) return hold;
        }
        return null;
    }

    /// <summary>A hold in force that covers a function whose records go to this log file; <see langword="null"/> if there is none, so that its rotated files may be deleted.</summary>
    /// <remarks>Whatever its fields are: files are deleted as a whole, and are not read for that.</remarks>
    public HoldSettings? FindForFile(string fileName, Instant now) => holds.FirstOrDefault(hold => IsInForce(hold, now) && WritesTo(hold, fileName));

    /// <summary>The holds in force.</summary>
    public IReadOnlyList<AuditLegalHold> InForce(Instant now) => [.. holds.Where(hold => IsInForce(hold, now)).Select(PublicOf)];

    /// <summary>The holds that cover a function whose records go to this log file, in force or not, as text to compare.</summary>
    public string DescribeFile(string fileName) => string.Join('\n', holds.Where(hold => WritesTo(hold, fileName)).Select(hold => $"{hold.Name} {UntilOf(hold)} {hold.Reason}"));

    /// <summary>How a message names a hold.</summary>
    public static string Describe(HoldSettings hold) => PublicOf(hold).ToString();

    private static AuditLegalHold PublicOf(HoldSettings hold) => new()
    {
        Name = hold.Name,
        Functions = hold.Functions,
        Fields = [.. hold.Fields.Select(field => new AuditField(field.Name, field.Value))],
        Until = hold.Until?.ToDateOnly(),
        Reason = hold.Reason,
    };

    private static string UntilOf(HoldSettings hold) => hold.Until?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private bool IsInForce(HoldSettings hold, Instant now) => hold.Until is not { } last || now < zone.AtStartOfDay(last.PlusDays(1)).ToInstant();

    private static bool Covers(HoldSettings hold, string function) =>
        function.Length == 0 || hold.Functions.Contains(HoldSettings.AllFunctions) || hold.Functions.Contains(function);

    private static bool HasFieldOf(HoldSettings hold, ReadOnlySpan<AuditField> fields)
    {
        if (hold.Fields.Count == 0) return true;
        foreach (AuditField field in fields)
        {
            foreach (HeldField held in hold.Fields)
            {
                if (held.Name == field.Name && held.Value == field.Value) return true;
            }
        }
        return false;
    }

    private bool WritesTo(HoldSettings hold, string fileName) =>
        hold.Functions.Any(function => function == HoldSettings.AllFunctions || fileName.Equals(fileNames.GetValueOrDefault(function) ?? fileNames.GetValueOrDefault(CatchAll), SameFile));
}
