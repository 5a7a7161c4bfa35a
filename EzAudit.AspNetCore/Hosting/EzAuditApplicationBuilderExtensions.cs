using EzAudit.AspNetCore.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Places the capture of requests in the pipeline.</summary>
public static class EzAuditApplicationBuilderExtensions
{
    /// <summary>
    /// Captures requests from here on. Optional: without this call, <c>AddEzAudit().AddAspNetCore()</c> captures in front of the whole pipeline, so
    /// that no request escapes.
    /// </summary>
    /// <remarks>
    /// Requests that earlier middleware answers are not recorded, and their records say neither who nor where. Call <c>UseAuthentication</c> and
    /// <c>UseAuthorization</c> after it: if the application leaves them to <see cref="WebApplication"/>, which puts them first, the middleware
    /// runs in front of them. The address is the connection's; behind a proxy, ASP.NET Core's own <c>UseForwardedHeaders</c> with known
    /// proxies corrects it, even if it runs later.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddEzAudit().AddAspNetCore()</c> was not called.</exception>
    public static IApplicationBuilder UseEzAudit(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        RequestPipeline pipeline = app.ApplicationServices.GetService<RequestPipeline>()
            ?? throw new InvalidOperationException("UseEzAudit: its services are not registered. Call builder.Services.AddEzAudit().AddAspNetCore() first.");
        pipeline.Place(app);
        return app.Use(inner => pipeline.IsInPlace ? RequestMiddleware.Create(app.ApplicationServices, inner) : inner);
    }
}
