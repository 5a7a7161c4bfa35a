using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Requests;

/// <summary>The answer to a request that could not be recorded: 503 and nothing of what the application wrote.</summary>
internal static class Refusal
{
    private const string RetryAfterSeconds = "10";

    /// <summary>Makes it the answer, whatever was said before. The answer must not have started.</summary>
    public static void Apply(HttpContext context)
    {
        IHttpResponseFeature response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ReasonPhrase = null;
        response.Headers.RetryAfter = RetryAfterSeconds;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLength = 0;
    }
}
