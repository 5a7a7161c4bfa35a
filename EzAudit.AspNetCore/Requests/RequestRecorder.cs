using EzAudit.AspNetCore.Security;
using EzAudit.Plugins;
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
        var fields = new FieldList(WebAudit.RequestFunction);
        fields.Add(request.Method);
        fields.Add(UrlOf(facts));
        fields.Add(request.Protocol);
        fields.Add((string?)request.Headers.UserAgent);
        return WriteAsync(facts, fields.Function, fields.Fields);
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
        var fields = new FieldList(WebAudit.AccessFunction);
        fields.Add(details.Read("The user", facts.Origin, static origin => origin.Actor)?.Login);
        fields.Add(facts.Context.Request.Method);
        fields.Add(facts.Path);
        fields.Add(ids ? RequestIds.OfQuery(facts, endpoint) : null);
        fields.Add(ids ? RequestIds.Of(facts, endpoint, details.Read("The route", facts.Context, RequestedEndpoint.RouteOf), details) : null);
        fields.Add(RequestedEndpoint.NameOf(endpoint));
        fields.Add(outcome.Status);
        fields.Add(facts.Duration);
        fields.Add(outcome.Word);
        return WriteAsync(facts, fields.Function, fields.Fields);
    }

    private ValueTask<bool> WriteResponseAsync(in RequestFacts facts, RequestOutcome outcome)
    {
        var fields = new FieldList(WebAudit.ResponseFunction);
        fields.Add(facts.Context.Request.Method);
        fields.Add(UrlOf(facts));
        fields.Add(outcome.Status);
        fields.Add(facts.Duration);
        fields.Add(details.Read("The length of the response", facts.Context, static context => context.Response.ContentLength));
        return WriteAsync(facts, fields.Function, fields.Fields);
    }

    private ValueTask<bool> WritePageAsync(in RequestFacts facts, RequestOutcome outcome, string page)
    {
        var fields = new FieldList(PageAudit.AccessFunction);
        fields.Add(facts.Context.Request.Method);
        fields.Add(facts.Path);
        fields.Add(page);
        fields.Add(facts.Duration);
        fields.Add(outcome.Status);
        return WriteAsync(facts, fields.Function, fields.Fields);
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
