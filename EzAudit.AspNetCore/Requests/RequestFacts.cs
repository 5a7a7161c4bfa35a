using System.Diagnostics;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>A request that is to be recorded, as it came in: middleware may later write another path, query or token into the context.</summary>
/// <param name="Context">The request.</param>
/// <param name="Origin">Who makes it.</param>
/// <param name="Path">The path, with the path base.</param>
/// <param name="Level">How much is recorded.</param>
/// <param name="Plan">What is recorded.</param>
internal readonly record struct RequestFacts(HttpContext Context, RequestOrigin Origin, string Path, RequestLevel Level, RequestPlan Plan)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public QueryString Query { get; } = Context.Request.QueryString;

    /// <summary>Is canceled when the client goes away.</summary>
    public CancellationToken Aborted { get; } = Context.RequestAborted;

    /// <summary>Sees the endpoint. Only where it is needed: an answer that must be recorded is recorded while an error page is still known as one.</summary>
    public EndpointObserver? Observer { get; } = Plan.WritesArrival || !Plan.MustBeWritten ? EndpointObserver.Of(Context) : null;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(_start);
}
