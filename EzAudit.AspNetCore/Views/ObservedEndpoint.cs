using EzAudit.AspNetCore.Requests;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Views;

/// <summary>
/// Calls an endpoint and records what it shows. Wraps everything the endpoint does, including its filters and the execution of its result: only
/// there are status and headers known and nothing sent yet, even if the handler writes to the response itself.
/// </summary>
internal sealed class ObservedEndpoint(RequestDelegate inner, IReadOnlyList<Observation> observations, ObservedTrail trail, ILogger logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        foreach (Observation observation in observations)
        {
            if (trail.Writes(observation.Function.Name)) return ObserveAsync(context);
        }
        return inner(context);
    }

    private async Task ObserveAsync(HttpContext context)
    {
        IFeatureCollection features = context.Features;
        IHttpResponseBodyFeature unguarded = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var request = new ObservedRequest(context, trail, observations);
        features.Set(request);
        var guard = new ViewGuard(request);
        guard.Place(context, AbortedOf(context));
        try
        {
            await guard.RunAsync(inner, context.Request.Path, logger).ConfigureAwait(false);
        }
        finally
        {
            // What the endpoint left unsent is discarded with the guard: an error handler must not send it unrecorded.
            features.Set(unguarded);
            features.Set<ObservedRequest>(null);
        }
    }

    // A request timeout cancels the request's token too, although the client is still connected.
    private static CancellationToken AbortedOf(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>() is null ? context.RequestAborted : (AuditContext.Origin as RequestOrigin)?.Aborted ?? CancellationToken.None;
}

/// <summary>Holds back an endpoint's response until its record is stored.</summary>
internal sealed class ViewGuard(ObservedRequest request) : ResponseGuard
{
    protected override ValueTask WriteRecordAsync(RequestOutcome outcome) => request.RecordAsync(outcome);
}
