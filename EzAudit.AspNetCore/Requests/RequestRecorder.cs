using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Writes the records of a request: one for each function that the settings enable.</summary>
internal sealed class RequestRecorder(AuditWriter writer, DetailReader details)
{
    private volatile RequestPlan? _plan;

    /// <summary>The plan of the current settings. A request keeps the plan that it began with.</summary>
    public RequestPlan Plan
    {
        get
        {
            AuditSettingsReading reading = writer.ReadSettings();
            return _plan is { } plan && ReferenceEquals(plan.Reading, reading) ? plan : _plan = new RequestPlan(reading);
        }
    }

    /// <summary>Records that a request came in.</summary>
    public ValueTask<bool> WriteArrivalAsync(in RequestFacts facts)
    {
        HttpRequest request = facts.Context.Request;
        var fields = new FieldList();
        fields.Add(RequestFields.Method, request.Method);
        fields.Add(RequestFields.Url, UrlOf(facts));
        fields.Add(RequestFields.Protocol, request.Protocol);
        fields.Add(RequestFields.UserAgent, (string?)request.Headers.UserAgent);
        return WriteAsync(facts, RequestFields.Request, fields.Fields);
    }

    /// <summary>Records how a request was answered, or will be.</summary>
    public ValueTask<bool> WriteAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        ValueTask<bool> access = facts.Plan.WritesAccess ? WriteAccessAsync(facts, outcome) : ValueTask.FromResult(false);
        return facts.Plan.WritesResponse || facts.Plan.WritesPage ? WriteMoreAsync(facts, outcome, access) : access;
    }

    private async ValueTask<bool> WriteMoreAsync(RequestFacts facts, RequestOutcome outcome, ValueTask<bool> access)
    {
        bool written = await access.ConfigureAwait(false);
        if (facts.Plan.WritesResponse) written |= await WriteResponseAsync(facts, outcome).ConfigureAwait(false);
        if (facts.Plan.WritesPage && RequestedEndpoint.PageOf(EndpointOf(facts)) is { } page) written |= await WritePageAsync(facts, outcome, page).ConfigureAwait(false);
        return written;
    }

    private ValueTask<bool> WriteAccessAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        Endpoint? endpoint = EndpointOf(facts);
        bool ids = facts.Level == RequestLevel.Ids;
        var fields = new FieldList();
        fields.Add(RequestFields.User, details.Read("The user", facts.Origin, static origin => origin.Actor)?.Login);
        fields.Add(RequestFields.Method, facts.Context.Request.Method);
        fields.Add(RequestFields.Path, facts.Path);
        fields.Add(RequestFields.Query, ids ? RequestIds.OfQuery(facts, endpoint) : null);
        fields.Add(RequestFields.Ids, ids ? RequestIds.Of(facts, endpoint, details.Read("The route", facts.Context, RequestedEndpoint.RouteOf), details) : null);
        fields.Add(RequestFields.Endpoint, RequestedEndpoint.NameOf(endpoint));
        fields.Add(RequestFields.Status, outcome.Status);
        fields.Add(RequestFields.Duration, facts.Duration);
        fields.Add(RequestFields.Outcome, outcome.Word);
        return WriteAsync(facts, RequestFields.Access, fields.Fields);
    }

    private ValueTask<bool> WriteResponseAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        var fields = new FieldList();
        fields.Add(RequestFields.Method, facts.Context.Request.Method);
        fields.Add(RequestFields.Url, UrlOf(facts));
        fields.Add(RequestFields.Status, outcome.Status);
        fields.Add(RequestFields.Duration, facts.Duration);
        if (details.Read("The length of the response", facts.Context, static context => context.Response.ContentLength) is { } bytes) fields.Add(RequestFields.Bytes, bytes);
        return WriteAsync(facts, RequestFields.Response, fields.Fields);
    }

    private ValueTask<bool> WritePageAsync(in RequestFacts facts, RequestOutcome outcome, string page)
    {
        var fields = new FieldList();
        fields.Add(RequestFields.Method, facts.Context.Request.Method);
        fields.Add(RequestFields.Path, facts.Path);
        fields.Add(RequestFields.Page, page);
        fields.Add(RequestFields.Duration, facts.Duration);
        fields.Add(RequestFields.Status, outcome.Status);
        return WriteAsync(facts, RequestFields.PageAccess, fields.Fields);
    }

    // An edit may turn a function off during the request. That is not the application's mistake, so report nothing.
    private ValueTask<bool> WriteAsync(in RequestFacts facts, string function, ReadOnlySpan<AuditField> fields) =>
        ReferenceEquals(facts.Plan.Reading, writer.ReadSettings()) || writer.IsEnabled(function) ? writer.WriteAuditAsync(function, fields) : ValueTask.FromResult(false);

    // Only the recordable part of the query.
    private string UrlOf(in RequestFacts facts)
    {
        HttpRequest request = facts.Context.Request;
        string? query = facts.Level == RequestLevel.Ids ? RequestIds.OfQuery(facts, EndpointOf(facts)) : null;
        string url = $"{request.Scheme}://{request.Host}{facts.Path}";
        return query is null ? url : $"{url}?{query}";
    }

    private Endpoint? EndpointOf(in RequestFacts facts) => details.Read("The endpoint", facts.Context, RequestedEndpoint.Of);
}
