using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;

namespace Microsoft.AspNetCore.Http;

/// <summary>
/// Lets a handler say what only it knows about the record of its endpoint. To be called before the answer begins; what is said later, or about
/// an endpoint that is not recorded, is not written. What is left out stays as route, query and result say it.
/// </summary>
public static class EzAuditHttpContextExtensions
{
    /// <summary>Says more about what is viewed: for endpoints with <c>[AuditView]</c> or <c>WithAuditView</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">Its path, such as <c>Mahjong/User Stories/Requirement</c>.</param>
    /// <param name="project">The name of its project.</param>
    /// <param name="id">Its id.</param>
    public static void AuditView(this HttpContext context, string? path = null, string? project = null, AuditId? id = null) =>
        context.Say(said => said with { Path = path ?? said.Path, Project = project ?? said.Project, Id = id?.ToString() ?? said.Id });

    /// <summary>Says more about a search: for endpoints with <c>[AuditSearch]</c> or <c>WithAuditSearch</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="resultCount">How many objects are shown.</param>
    /// <param name="query">What was searched for.</param>
    public static void AuditSearch(this HttpContext context, long? resultCount = null, string? query = null) =>
        context.Say(said => said with { Count = resultCount ?? said.Count, Query = query ?? said.Query });

    /// <summary>Says more about a download: for endpoints with <c>[AuditDownload]</c> or <c>WithAuditDownload</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="id">The id of the thing that it belongs to.</param>
    public static void AuditDownload(this HttpContext context, string? fileName = null, AuditId? id = null) =>
        context.Say(said => said with { FileName = fileName ?? said.FileName, Id = id?.ToString() ?? said.Id });

    /// <summary>Says how many rows a page gives: for endpoints with <c>[AuditPage]</c> or <c>WithAuditPage</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">How many.</param>
    public static void AuditPage(this HttpContext context, long rows) => context.Say(said => said with { Count = rows });

    private static void Say(this HttpContext context, Func<HandlerDetails, HandlerDetails> say)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<ObservedRequest>() is { } request) request.Said = say(request.Said);
    }
}
