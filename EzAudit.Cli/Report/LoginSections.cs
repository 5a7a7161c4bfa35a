using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Cli.Report;

/// <summary>The sections about logins, from one grouping. A login is a record of <c>user-login</c>, <c>user-failed-login</c> or a variant of them.</summary>
/// <param name="groups">The groups, by <see cref="Keys"/>.</param>
/// <param name="areAllLogins">Whether records of unknown functions are logins, because all functions of their files are.</param>
internal sealed class LoginSections(IEnumerable<AuditGroup> groups, bool areAllLogins)
{
    public const string LoginField = "User login";
    /// <summary>The number of failures that one record represents, if EzAudit.AspNetCore has folded them.</summary>
    public const string FoldedField = "Folded failures";

    private const string Folded = "(folded)";
    private const string Failure = "failure";
    private const string None = "(none)";
    private static readonly string[] Functions = ["user-login", "user-failed-login"];

    private readonly List<AuditGroup> _logins = [.. groups.Where(group => areAllLogins || IsLogin(group.Keys[0]))];

    /// <summary>Patterns that match the functions of logins.</summary>
    public static IReadOnlyList<string> Patterns => [.. Functions, .. Functions.Select(name => name + "-*")];

    public static IReadOnlyList<AuditGroupKey> Keys => [AuditGroupKey.Function, AuditGroupKey.Outcome, AuditGroupKey.Field(LoginField), AuditGroupKey.Address, AuditGroupKey.Field(FoldedField)];

    public bool HasFailed => Failed.Any();

    public ReportSection Succeeded => new("logins", "Logins", "Login", By(_logins.Where(group => group.Keys[1] != Failure), 2, 3, "address"));

    public ReportSection FailedByLogin => new("failed-logins", "Failed logins by login", "Login", By(Failed, 2, 3, "address"));

    public ReportSection FailedByAddress => new("failed-login-addresses", "Failed logins by address", "Address", By(Failed, 3, 2, "login"));

    private IEnumerable<AuditGroup> Failed => _logins.Where(group => group.Keys[1] == Failure);

    public static bool IsLogin(string? function) => function is not null && Functions.Any(name => function == name || function.StartsWith(name + "-", StringComparison.Ordinal));

    /// <summary>The number of sign-ins that a record represents.</summary>
    public static long Weight(string? folded) => long.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0 ? count : 1;

    private static string NameOf(AuditGroup group, int key) => group.Keys[key] ?? (group.Keys[4] is null ? None : Folded);

    private static IReadOnlyList<ReportRow> By(IEnumerable<AuditGroup> groups, int key, int other, string what) => [.. groups
        .GroupBy(group => NameOf(group, key), StringComparer.Ordinal)
        .Select(same => new ReportRow(
            same.Key,
            same.Sum(group => group.Count * Weight(group.Keys[4])),
            same.Min(group => group.First),
            same.Max(group => group.Last),
            NameSummary.Of([.. same.Select(group => NameOf(group, other))], what)))
        .OrderByDescending(row => row.Count).ThenBy(row => row.Key, StringComparer.Ordinal)];
}
