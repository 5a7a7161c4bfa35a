using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>How the keys of groups are written.</summary>
internal static class GroupText
{
    public static string OfActor(string login, string id) => $"{login}:{id}";

    public static string OfDay(DateTime local) => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string OfHour(DateTime local) => local.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture);

    public static string? OfOutcome(AuditOutcome? outcome) => outcome switch
    {
        AuditOutcome.Success => "success",
        AuditOutcome.Failure => "failure",
        _ => null,
    };
}
