using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;

namespace Microsoft.AspNetCore.Http;

/// <summary>
/// Lets a handler add what only it knows to the record of its endpoint. Call these methods before the response starts; later calls, and calls on an
/// endpoint that is not recorded, have no effect. Arguments left out keep the values from route, query and result.
/// </summary>
public static class EzAuditHttpContextExtensions
{
    /// <summary>Adds details of the viewed entity; for endpoints with <c>[AuditView]</c> or <c>WithAuditView</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path of the entity, such as <c>Mahjong/User Stories/Requirement</c>.</param>
    /// <param name="project">The name of the entity's project.</param>
    /// <param name="id">The id of the entity.</param>
    public static void AuditView(this HttpContext context, string? path = null, string? project = null, AuditId? id = null) =>
        context.Add(details => details with { Path = path ?? details.Path, Project = project ?? details.Project, Id = id?.ToString() ?? details.Id });

    /// <summary>Adds details of a search; for endpoints with <c>[AuditSearch]</c> or <c>WithAuditSearch</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="resultCount">The number of objects shown.</param>
    /// <param name="query">The query.</param>
    public static void AuditSearch(this HttpContext context, long? resultCount = null, string? query = null) =>
        context.Add(details => details with { Count = resultCount ?? details.Count, Query = query ?? details.Query });

    /// <summary>Adds details of a download; for endpoints with <c>[AuditDownload]</c> or <c>WithAuditDownload</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="id">The id of the entity that the file belongs to.</param>
    public static void AuditDownload(this HttpContext context, string? fileName = null, AuditId? id = null) =>
        context.Add(details => details with { FileName = fileName ?? details.FileName, Id = id?.ToString() ?? details.Id });

    /// <summary>Sets the number of rows on a page; for endpoints with <c>[AuditPage]</c> or <c>WithAuditPage</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">The number of rows.</param>
    public static void AuditPage(this HttpContext context, long rows) => context.Add(details => details with { Count = rows });

    private static void Add(this HttpContext context, Func<HandlerDetails, HandlerDetails> add)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<ObservedRequest>() is { } request) request.Details = add(request.Details);
    }
}
