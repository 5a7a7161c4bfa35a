using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Writes what is recorded of a request: one record of each function that the settings write.</summary>
internal sealed class RequestRecorder(AuditWriter writer)
{
    /// <summary>What the settings say now; of a writer that the application built without the plugin, what holds without a section.</summary>
    public RequestSettings Settings => writer.GetSettings<RequestSettings>() ?? RequestSettings.Default;

    /// <summary>Whether anything is written of a request.</summary>
    public bool IsWritten =>
        writer.IsWritten(RequestFields.Access) || writer.IsWritten(RequestFields.PageAccess)
        || writer.IsWritten(RequestFields.Request) || writer.IsWritten(RequestFields.Response);

    /// <summary>Whether no answer may leave before its record is stored.</summary>
    public bool MustBeWritten =>
        writer.MustBeWritten(RequestFields.Access) || writer.MustBeWritten(RequestFields.PageAccess) || writer.MustBeWritten(RequestFields.Response);

    /// <summary>Records that a request came in.</summary>
    public ValueTask<bool> WriteArrivalAsync(in RequestFacts facts)
    {
        if (!writer.IsWritten(RequestFields.Request)) return ValueTask.FromResult(false);
        HttpRequest request = facts.Context.Request;
        var fields = new FieldList();
        fields.Add(RequestFields.Method, request.Method);
        fields.Add(RequestFields.Url, UrlOf(facts));
        fields.Add(RequestFields.Protocol, request.Protocol);
        fields.Add(RequestFields.UserAgent, (string?)request.Headers.UserAgent);
        return writer.WriteAuditAsync(RequestFields.Request, fields.Fields);
    }

    /// <summary>Records how a request was answered, or will be.</summary>
    public ValueTask<bool> WriteAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        ValueTask<bool> access = writer.IsWritten(RequestFields.Access) ? WriteAccessAsync(facts, outcome) : ValueTask.FromResult(false);
        bool more = writer.IsWritten(RequestFields.Response) || writer.IsWritten(RequestFields.PageAccess);
        return more ? WriteMoreAsync(facts, outcome, access) : access;
    }

    private async ValueTask<bool> WriteMoreAsync(RequestFacts facts, RequestOutcome outcome, ValueTask<bool> access)
    {
        bool written = await access.ConfigureAwait(false);
        if (writer.IsWritten(RequestFields.Response)) written |= await WriteResponseAsync(facts, outcome).ConfigureAwait(false);
        if (PageOf(EndpointOf(facts.Context)) is { } page && writer.IsWritten(RequestFields.PageAccess)) written |= await WritePageAsync(facts, outcome, page).ConfigureAwait(false);
        return written;
    }

    private ValueTask<bool> WriteAccessAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        HttpContext context = facts.Context;
        bool ids = facts.Level == RequestLevel.Ids;
        IReadOnlySet<string> allowed = Settings.Ids;
        var fields = new FieldList();
        fields.Add(RequestFields.User, facts.Origin.Actor?.Login);
        fields.Add(RequestFields.Method, context.Request.Method);
        fields.Add(RequestFields.Path, facts.Path);
        fields.Add(RequestFields.Query, ids ? RequestIds.OfQuery(context.Request.QueryString, allowed) : null);
        fields.Add(RequestFields.Ids, ids ? RequestIds.Of(context, RouteOf(context), allowed) : null);
        fields.Add(RequestFields.Endpoint, NameOf(EndpointOf(context)));
        fields.Add(RequestFields.Status, outcome.Status);
        fields.Add(RequestFields.Duration, facts.Duration);
        fields.Add(RequestFields.Outcome, outcome.Word);
        return writer.WriteAuditAsync(RequestFields.Access, fields.Fields);
    }

    private ValueTask<bool> WriteResponseAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        var fields = new FieldList();
        fields.Add(RequestFields.Method, facts.Context.Request.Method);
        fields.Add(RequestFields.Url, UrlOf(facts));
        fields.Add(RequestFields.Status, outcome.Status);
        fields.Add(RequestFields.Duration, facts.Duration);
        if (facts.Context.Response.ContentLength is { } bytes) fields.Add(RequestFields.Bytes, bytes);
        return writer.WriteAuditAsync(RequestFields.Response, fields.Fields);
    }

    private ValueTask<bool> WritePageAsync(in RequestFacts facts, RequestOutcome outcome, string page)
    {
        var fields = new FieldList();
        fields.Add(RequestFields.Method, facts.Context.Request.Method);
        fields.Add(RequestFields.Path, facts.Path);
        fields.Add(RequestFields.Page, page);
        fields.Add(RequestFields.Duration, facts.Duration);
        fields.Add(RequestFields.Status, outcome.Status);
        return writer.WriteAuditAsync(RequestFields.PageAccess, fields.Fields);
    }

    // Without the query, but for what may be written of it.
    private string UrlOf(in RequestFacts facts)
    {
        HttpRequest request = facts.Context.Request;
        string? query = facts.Level == RequestLevel.Ids ? RequestIds.OfQuery(request.QueryString, Settings.Ids) : null;
        string url = $"{request.Scheme}://{request.Host}{facts.Path}";
        return query is null ? url : $"{url}?{query}";
    }

    // Where an error page was shown instead, the endpoint that was asked for counts.
    private static Endpoint? EndpointOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint
        ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint
        ?? context.Features.Get<IEndpointFeature>()?.Endpoint;

    private static RouteValueDictionary? RouteOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerPathFeature>()?.RouteValues
        ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.RouteValues
        ?? context.Features.Get<IRouteValuesFeature>()?.RouteValues;

    /// <summary>An endpoint as records name it: the pattern of its route.</summary>
    public static string? NameOf(Endpoint? endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } text }) return endpoint?.DisplayName;
        return text.StartsWith('/') ? text : $"/{text}";
    }

    private static string? PageOf(Endpoint? endpoint)
    {
        if (endpoint?.Metadata.GetMetadata<PageActionDescriptor>() is { } page) return page.ViewEnginePath;
        if (endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>() is not { } action) return null;
        bool isApi = action.EndpointMetadata.OfType<Microsoft.AspNetCore.Mvc.Infrastructure.IApiBehaviorMetadata>().Any();
        return isApi ? null : $"{action.ControllerName}/{action.ActionName}";
    }
}
