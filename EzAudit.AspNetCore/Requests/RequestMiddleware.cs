using EzAudit.AspNetCore.Context;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Opens the context of each request.</summary>
internal sealed class RequestMiddleware(RequestDelegate next, RequestPipeline pipeline, AuditWriter writer, OriginReader reader)
{
    public Task InvokeAsync(HttpContext context) => pipeline.IsUsed ? ObserveAsync(context) : next(context);

    // Async, so that what is said here is forgotten when it returns.
    private async Task ObserveAsync(HttpContext context)
    {
        var origin = new RequestOrigin(context, reader);
        using IDisposable flow = AuditContext.Use(origin, writer);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            origin.End();
        }
    }
}
