namespace EzAudit.Cli.Report;

/// <summary>The kinds of report; <c>summary</c> covers everything.</summary>
internal static class ReportKind
{
    public const string Summary = "summary";
    public const string Logins = "logins";
    public const string FailedLogins = "failed-logins";
    public const string Actors = "actors";
    public const string Functions = "functions";
    public const string Addresses = "addresses";
    public const string Objects = "objects";
    public const string Outcomes = "outcomes";
    public const string Days = "days";
    public const string Hours = "hours";

    public static string[] All => [Summary, Logins, FailedLogins, Actors, Functions, Addresses, Objects, Outcomes, Days, Hours];
}
