namespace EzAudit.Tests.Faults;

/// <summary>The length of the fault tests: short by default; hours long, for unattended runs, with <c>EZAUDIT_FAULTS=long</c>.</summary>
internal static class FaultForm
{
    public const string Category = "Faults";

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("EZAUDIT_FAULTS") == "long";

    public static T Choose<T>(T inShort, T inLong) => IsLong ? inLong : inShort;
}
