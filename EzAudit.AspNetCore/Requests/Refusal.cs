using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Requests;

/// <summary>The response to a request that could not be recorded: 503, and nothing of what the application wrote.</summary>
internal static class Refusal
{
    private const string RetryAfterSeconds = "10";

    /// <summary>Replaces whatever response was prepared. The response must not have started.</summary>
    public static void Apply(HttpContext context)
    {
        IHttpResponseFeature response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        string?[] kept = context.Features.Get<SecurityFacts>()?.SignOutCookies ?? [];
        response.Headers.Clear();
        if (kept.Length > 0) response.Headers.SetCookie = kept;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ReasonPhrase = null;
        response.Headers.RetryAfter = RetryAfterSeconds;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLength = 0;
        ClearTrailers(context);
    }

    /// <summary>Removes the trailers, where gRPC puts its status: the server sends them when the request ends.</summary>
    public static void ClearTrailers(HttpContext context)
    {
        IHttpResponseTrailersFeature? trailers = context.Features.Get<IHttpResponseTrailersFeature>();
        if (trailers is DroppedTrailers dropped) dropped.Clear();
        else if (trailers is not null) context.Features.Set<IHttpResponseTrailersFeature>(new DroppedTrailers(trailers));
    }

    /// <summary>Discards trailers that the application appends from now on. <see cref="Clear"/> also empties the server's own dictionary, in case it kept a reference.</summary>
    private sealed class DroppedTrailers : IHttpResponseTrailersFeature
    {
        private readonly IHeaderDictionary _sent;

        public DroppedTrailers(IHttpResponseTrailersFeature inner)
        {
            _sent = inner.Trailers;
            Clear();
        }

        public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

        public void Clear()
        {
            // The server makes it read-only once the response is complete.
            if (!_sent.IsReadOnly) _sent.Clear();
        }
    }
}
