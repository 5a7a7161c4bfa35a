using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records requests and responses.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class WebAudit
{
    /// <summary>The definition of <c>web-access</c>.</summary>
    public static AuditFunction AccessFunction => WebFunctions.Access;

    /// <summary>The definition of <c>web-request</c>.</summary>
    public static AuditFunction RequestFunction => WebFunctions.Request;

    /// <summary>The definition of <c>web-response</c>.</summary>
    public static AuditFunction ResponseFunction => WebFunctions.Response;

    /// <summary>A page or the API was used, with the ids in the request. EzAudit.AspNetCore writes it automatically.</summary>
    /// <param name="user">The user.</param>
    /// <param name="method">The method of the request.</param>
    /// <param name="path">Its path.</param>
    /// <param name="ids">The ids in the request, such as <c>id=7</c>.</param>
    /// <param name="query">The part of the query that may be recorded.</param>
    /// <param name="endpoint">The endpoint that handled the request, such as <c>/orders/{id}</c>.</param>
    /// <param name="status">The status of the response.</param>
    /// <param name="duration">The time until the response, in seconds.</param>
    /// <param name="outcome"><c>success</c> or <c>failure</c>.</param>
    public static bool Access(
        string user,
        string method,
        string path,
        IEnumerable<string> ids,
        string? query = null,
        string? endpoint = null,
        int? status = null,
        double? duration = null,
        string? outcome = null) =>
        WebFunctions.Access.Write(user, method, path, query, FieldValue.List(ids), endpoint, FieldValue.Number(status), FieldValue.Number(duration), outcome);

    /// <summary>A request was received.</summary>
    public static bool Request(string method, string url, string protocol, string? userAgent = null) =>
        WebFunctions.Request.Write(method, url, protocol, userAgent);

    /// <summary>A response was sent.</summary>
    public static bool Response(string method, string url, int status, TimeSpan duration, long bytes) =>
        WebFunctions.Response.Write(method, url, status, duration, bytes);
}
