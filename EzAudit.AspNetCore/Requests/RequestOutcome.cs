using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>How a request ended: the status that the client gets, or would have got.</summary>
/// <param name="Status">The status; 499 where the client went away before the answer.</param>
/// <param name="Failed">Whether it failed, also where the status had been sent before.</param>
internal readonly record struct RequestOutcome(int Status, bool Failed)
{
    private const int ClientClosedRequest = StatusCodes.Status499ClientClosedRequest;

    public string Word => Failed ? "failure" : "success";

    /// <summary>Of a request whose handler returned.</summary>
    public static RequestOutcome Of(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested ? new RequestOutcome(ClientClosedRequest, true) : Sent(context.Response.StatusCode);

    /// <summary>Of a request whose handler threw, which the server will answer with 500 if nothing was sent yet.</summary>
    public static RequestOutcome Of(HttpContext context, Exception failure)
    {
        if (context.RequestAborted.IsCancellationRequested) return new RequestOutcome(ClientClosedRequest, true);
        if (context.Response.HasStarted) return new RequestOutcome(context.Response.StatusCode, true);
        return new RequestOutcome(failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError, true);
    }

    /// <summary>Of an answer that is about to be sent.</summary>
    public static RequestOutcome Sent(int status) => new(status, status >= StatusCodes.Status400BadRequest);
}
