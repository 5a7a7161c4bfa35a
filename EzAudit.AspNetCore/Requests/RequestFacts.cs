using System.Diagnostics;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>A request to record, as it came in: middleware may later change path, query or cancellation token in the context.</summary>
/// <param name="Context">The request.</param>
/// <param name="Origin">The origin of the request.</param>
/// <param name="Path">The path, including the path base.</param>
/// <param name="Level">How much to record.</param>
/// <param name="Plan">What to record.</param>
internal readonly record struct RequestFacts(HttpContext Context, RequestOrigin Origin, string Path, RequestLevel Level, RequestPlan Plan)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public QueryString Query { get; } = Context.Request.QueryString;

    /// <summary>Canceled when the client disconnects.</summary>
    public CancellationToken Aborted { get; } = Context.RequestAborted;

    /// <summary>Observes the endpoint if needed. If the record must precede the response, it is written while an error page is still recognizable.</summary>
    public EndpointObserver? Observer { get; } = Plan.WritesArrival || !Plan.MustBeWritten ? EndpointObserver.Of(Context) : null;

    /// <summary>The time elapsed so far.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(_start);
}
