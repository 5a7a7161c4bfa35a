using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="PageAudit"/>.</summary>
internal static class PageFunctions
{
    private static readonly FunctionGroup Group = new("page");

    public static readonly AuditFunction Access = Group.Define(
        "page-access", "page_access.log", "AccessPage",
        "Page {Page} was opened by {Method} {Path}: {Status} in {Duration}.",
        ["Method", "Path", "Page", "Duration", "Status"],
        "web/access", "6001:2");

    public static readonly AuditFunction Input = Group.Define(
        "page-input", "page_access.log", "TakePageInput",
        "Page {Page} was called with {Parameters}.",
        ["Page", "Parameters"],
        "web/access", "6001:2");

    public static readonly AuditFunction Output = Group.Define(
        "page-output", "page_access.log", "GivePageOutput",
        "Page {Page} gave {Rows} rows, {Bytes} bytes.",
        ["Page", "Rows", "Bytes"],
        "web/access", "6001:2");

    public static readonly AuditFunction Query = Group.Define(
        "page-query", "page_query.log", "QueryForPage",
        "Query '{Query}' with {Parameters} gave {Rows} rows in {Duration}.",
        ["Query", "Parameters", "Rows", "Duration"],
        "database/access", "6005:4");
}
