using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>How a request ended: the status that the client gets, or would have got.</summary>
/// <param name="Status">The status; 499 where the client went away before the answer.</param>
/// <param name="Failed">Whether it failed, also where the status had been sent before.</param>
internal readonly record struct RequestOutcome(int Status, bool Failed)
{
    private const int ClientClosedRequest = StatusCodes.Status499ClientClosedRequest;

    public string Word => Failed ? "failure" : "success";

    /// <summary>Of a request whose answer is about to be sent, or whose handler returned.</summary>
    /// <param name="context">The request.</param>
    /// <param name="aborted">Is canceled when the client goes away.</param>
    public static RequestOutcome Of(HttpContext context, CancellationToken aborted)
    {
        if (aborted.IsCancellationRequested) return new RequestOutcome(ClientClosedRequest, true);
        int status = context.Response.StatusCode;
        // The redirect to the sign-in page is how a page refuses.
        return new RequestOutcome(status, status >= StatusCodes.Status400BadRequest || context.Features.Get<SecurityFacts>() is { IsTurnedAway: true });
    }

    /// <summary>Of a request whose handler threw, which the server will answer with 500 if nothing was sent yet.</summary>
    public static RequestOutcome Of(HttpContext context, Exception failure, CancellationToken aborted)
    {
        if (aborted.IsCancellationRequested) return new RequestOutcome(ClientClosedRequest, true);
        if (context.Response.HasStarted) return new RequestOutcome(context.Response.StatusCode, true);
        return new RequestOutcome(failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError, true);
    }

    /// <summary>Of a request that is refused because something that happened in it could not be recorded.</summary>
    public static RequestOutcome Refused { get; } = new(StatusCodes.Status503ServiceUnavailable, true);

    /// <summary>Of a request whose connection changes to another protocol.</summary>
    public static RequestOutcome Switched(int status) => new(status, false);
}
