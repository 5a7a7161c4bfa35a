using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Requests and their answers.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class WebAudit
{
    /// <summary>A page or the API was used; with the ids that the request names. <c>UseEzAudit</c> of EzAudit.AspNetCore writes it by itself.</summary>
    /// <param name="user">Who used it.</param>
    /// <param name="method">The method of the request.</param>
    /// <param name="path">Its path.</param>
    /// <param name="ids">What it asked for, such as <c>id=7</c>.</param>
    /// <param name="query">What may be written of its query.</param>
    /// <param name="endpoint">What answered it, such as <c>/orders/{id}</c>.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="duration">How long the answer took, in seconds.</param>
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

    /// <summary>A request came in.</summary>
    public static bool Request(string method, string url, string protocol, string? userAgent = null) =>
        WebFunctions.Request.Write(method, url, protocol, userAgent);

    /// <summary>A request was answered.</summary>
    public static bool Response(string method, string url, int status, TimeSpan duration, long bytes) =>
        WebFunctions.Response.Write(method, url, status, duration, bytes);
}
