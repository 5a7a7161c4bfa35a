using EzAudit.AspNetCore.Context;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Views;

/// <summary>
/// Calls an endpoint and records what it shows. Around all that the endpoint does, its filters and the execution of its result included: only there
/// are status and headers known, also of a handler that writes to the answer itself, and nothing is sent yet.
/// </summary>
internal sealed class ObservedEndpoint(RequestDelegate inner, IReadOnlyList<IObservation> observations, AuditWriter writer, ILogger logger)
{
    /// <exception cref="InvalidOperationException">The application does not say <c>app.UseEzAudit()</c>.</exception>
    public static RequestDelegate Of(Endpoint endpoint, IReadOnlyList<IObservation> observations, AuditWriter writer, ILogger logger, RequestPipeline pipeline)
    {
        if (!pipeline.IsUsed)
            throw new InvalidOperationException($"Endpoint {endpoint.DisplayName}: its requests are to be recorded, but nothing says who makes them: wanted app.UseEzAudit().");
        return new ObservedEndpoint(endpoint.RequestDelegate!, observations, writer, logger).InvokeAsync;
    }

    private Task InvokeAsync(HttpContext context)
    {
        foreach (IObservation observation in observations)
        {
            if (writer.IsWritten(observation.Function)) return ObserveAsync(context);
        }
        return inner(context);
    }

    private async Task ObserveAsync(HttpContext context)
    {
        IFeatureCollection features = context.Features;
        IHttpResponseBodyFeature unguarded = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var request = new ObservedRequest(context, writer, observations);
        features.Set(request);
        var guard = new ViewGuard(request);
        guard.Place(context);
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
}
