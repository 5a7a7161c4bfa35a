using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="WebAudit"/>.</summary>
internal static class WebFunctions
{
    private static readonly FunctionGroup Group = new("web");

    public static readonly AuditFunction Access = Group.Define(
        "web-access", "access.log", "AccessWeb",
        "{User} called {Method} {Path} with query '{Query}', ids: {ids}.",
        ["User", "Method", "Path", "Query", "ids", "Endpoint", "Status", "Duration", "Outcome"],
        "web/access", "6001:2");

    public static readonly AuditFunction Request = Group.Define(
        "web-request", "web.log", "ReceiveRequest",
        "{Method} {URL} {Protocol} was received from {User agent}.",
        ["Method", "URL", "Protocol", "User agent"],
        "web/access", "4002:99");

    public static readonly AuditFunction Response = Group.Define(
        "web-response", "web.log", "SendResponse",
        "{Method} {URL} was answered with {Status} and {Bytes} bytes in {Duration}.",
        ["Method", "URL", "Status", "Duration", "Bytes"],
        "web/access", "4002:99");
}
