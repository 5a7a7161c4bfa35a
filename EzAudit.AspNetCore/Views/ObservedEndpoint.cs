using EzAudit.AspNetCore.Context;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Views;

/// <summary>
/// Calls an endpoint and records what it shows. Around all that the endpoint does, its filters and the execution of its result included: only there
/// are status and headers known, also of a handler that writes to the answer itself, and nothing is sent yet.
/// </summary>
internal sealed partial class ObservedEndpoint(RequestDelegate inner, IReadOnlyList<IObservation> observations, AuditWriter writer, ILogger logger)
{
    private const string RetryAfterSeconds = "10";

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
        IHttpResponseBodyFeature unobserved = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var request = new ObservedRequest(context, writer, observations);
        var body = new ObservedBody(request, unobserved);
        features.Set(request);
        features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await CallAsync(context, request, body).ConfigureAwait(false);
        }
        finally
        {
            features.Set(unobserved);
            features.Set<ObservedRequest>(null);
        }
        if (request.Refusal is { } refusal) Refuse(context, refusal);
        else await request.EndAsync().ConfigureAwait(false);
    }

    private async Task CallAsync(HttpContext context, ObservedRequest request, ObservedBody body)
    {
        try
        {
            await inner(context).ConfigureAwait(false);
            await body.OpenAsync().ConfigureAwait(false);
        }
        catch (Exception) when (request.Refusal is not null)
        {
            // Any exception: the endpoint met the refusal at its first byte, and made of it what it liked. The caller refuses, and logs the cause.
        }
        catch (Exception) when (!request.HasBegun)
        {
            await BeginFailedAsync(request).ConfigureAwait(false);
            if (request.Refusal is null) throw;
        }
    }

    private static async ValueTask BeginFailedAsync(ObservedRequest request)
    {
        try
        {
            await request.BeginAsync(StatusCodes.Status500InternalServerError).ConfigureAwait(false);
        }
        catch (Exception) when (request.Refusal is not null)
        {
            // Any exception: the request keeps it as its refusal.
        }
    }

    private void Refuse(HttpContext context, Exception refusal)
    {
        Refused(logger, context.Request.Method, context.Request.Path, refusal);
        if (context.Response.HasStarted) return;
        IHttpResponseFeature response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ReasonPhrase = null;
        response.Headers.RetryAfter = RetryAfterSeconds;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLength = 0;
    }

    [LoggerMessage(EventId = 13, Level = LogLevel.Error, Message = "{Method} {Path}: what it shows could not be recorded, so it was refused with 503")]
    private static partial void Refused(ILogger logger, string method, string path, Exception refusal);
}
