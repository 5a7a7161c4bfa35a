using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>How a request ended: the status that the client gets, or would have got.</summary>
/// <param name="Status">The status; 499 if the client disconnected before the response.</param>
/// <param name="Failed">Whether it failed, even if the status was already sent.</param>
internal readonly record struct RequestOutcome(int Status, bool Failed)
{
    private const int ClientClosedRequest = StatusCodes.Status499ClientClosedRequest;

    public string Word => Failed ? "failure" : "success";

    /// <summary>The outcome of a request whose response is about to be sent, or whose handler returned.</summary>
    /// <param name="context">The request.</param>
    /// <param name="aborted">Canceled when the client disconnects.</param>
    public static RequestOutcome Of(HttpContext context, CancellationToken aborted)
    {
        if (aborted.IsCancellationRequested) return new RequestOutcome(ClientClosedRequest, true);
        int status = context.Response.StatusCode;
        // A page refuses access by redirecting to the sign-in page.
        return new RequestOutcome(status, status >= StatusCodes.Status400BadRequest || context.Features.Get<SecurityFacts>() is { IsTurnedAway: true });
    }

    /// <summary>The outcome of a request whose handler threw; the server will answer 500 if nothing was sent yet.</summary>
    public static RequestOutcome Of(HttpContext context, Exception failure, CancellationToken aborted)
    {
        if (aborted.IsCancellationRequested) return new RequestOutcome(ClientClosedRequest, true);
        if (context.Response.HasStarted) return new RequestOutcome(context.Response.StatusCode, true);
        return new RequestOutcome(failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError, true);
    }

    /// <summary>The outcome of a request that is refused because a security event in it could not be recorded.</summary>
    public static RequestOutcome Refused { get; } = new(StatusCodes.Status503ServiceUnavailable, true);

    /// <summary>The outcome of a request whose connection switches to another protocol.</summary>
    public static RequestOutcome Switched(int status) => new(status, false);
}
