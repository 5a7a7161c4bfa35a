using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Requests and their answers.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class WebAudit
{
    /// <summary>A page or the API was used by somebody who is known; with the ids that the request names.</summary>
    public static bool Access(string user, string method, string path, IEnumerable<string> ids, string? query = null) =>
        WebFunctions.Access.Write(user, method, path, query, FieldValue.List(ids));

    /// <summary>A request came in.</summary>
    public static bool Request(string method, string url, string protocol, string? userAgent = null) =>
        WebFunctions.Request.Write(method, url, protocol, userAgent);

    /// <summary>A request was answered.</summary>
    public static bool Response(string method, string url, int status, TimeSpan duration, long bytes) =>
        WebFunctions.Response.Write(method, url, status, duration, bytes);
}
