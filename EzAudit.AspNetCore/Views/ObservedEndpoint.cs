using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Views;

/// <summary>
/// Calls an endpoint and records what it shows. Around all that the endpoint does, its filters and the execution of its result included: only there
/// are status and headers known, also of a handler that writes to the answer itself, and nothing is sent yet.
/// </summary>
internal sealed class ObservedEndpoint(RequestDelegate inner, IReadOnlyList<IObservation> observations, ObservedTrail trail, ILogger logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        foreach (IObservation observation in observations)
        {
            if (trail.Writes(observation.Function)) return ObserveAsync(context);
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
            // What the endpoint left unsent goes with the guard: whoever answers in its place must not send it unrecorded.
            features.Set(unguarded);
            features.Set<ObservedRequest>(null);
        }
    }

    // The timeout of a request cancels its token as well, and then the client is still there.
    private static CancellationToken AbortedOf(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>() is null ? context.RequestAborted : (AuditContext.Origin as RequestOrigin)?.Aborted ?? CancellationToken.None;
}
