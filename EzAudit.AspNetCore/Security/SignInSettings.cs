using System.Globalization;
using EzAudit.Extensibility;
using NodaTime;

namespace EzAudit.AspNetCore.Security;

/// <summary>The <c>[SignInSettings]</c> of audit.ini: how many failed sign-ins per address are recorded individually. Immutable.</summary>
internal sealed class SignInSettings
{
    public const string Section = "SignInSettings";

    private const string CountKey = "FailuresPerAddress";
    private const string WindowKey = "FailureWindow";
    private const int MostFailures = 1_000_000;
    private static readonly Duration LongestWindow = Duration.FromDays(1);

    private SignInSettings(int failuresPerAddress, Duration window) => (FailuresPerAddress, Window) = (failuresPerAddress, window);

    /// <summary>The settings that apply without a section.</summary>
    public static SignInSettings Default { get; } = Read(new AuditComponentSettings(Section, new Dictionary<string, string>()));

    public static IReadOnlyList<string> Keys { get; } = [CountKey, WindowKey];

    /// <summary>How many failures per address and window are recorded individually; the others are counted. 0 records all.</summary>
    public int FailuresPerAddress { get; }

    public Duration Window { get; }

    public static SignInSettings Read(AuditComponentSettings settings) => new(
        TryNumber(settings[CountKey] ?? "20", MostFailures, out int count) ? count : throw new AuditComponentSettingsException(CountKey, $"a number from 0 to {MostFailures}"),
        TryDuration(settings[WindowKey] ?? "1m", out Duration window) ? window : throw new AuditComponentSettingsException(
            WindowKey, "a duration from 1s to 1d such as 30s, 5m or 1h"));

    private static bool TryNumber(ReadOnlySpan<char> text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;

    private static bool TryDuration(string text, out Duration duration)
    {
        duration = Duration.Zero;
        if (text.Length < 2 || !TryNumber(text.AsSpan(0, text.Length - 1), MostFailures, out int number)) return false;
        Duration unit = text[^1] switch { 's' => Duration.FromSeconds(1), 'm' => Duration.FromMinutes(1), 'h' => Duration.FromHours(1), 'd' => Duration.FromDays(1), _ => Duration.Zero };
        duration = unit * number;
        return duration > Duration.Zero && duration <= LongestWindow;
    }
}
