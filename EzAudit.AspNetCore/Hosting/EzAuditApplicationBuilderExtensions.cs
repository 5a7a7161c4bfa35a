using EzAudit.AspNetCore.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Turns on the capture of requests.</summary>
public static class EzAuditApplicationBuilderExtensions
{
    /// <summary>
    /// Records requests as audit.ini says, and adds the user and the origin to every record written during a request. Requires
    /// <c>AddEzAudit().AddAspNetCore()</c>.
    /// </summary>
    /// <remarks>
    /// Where the line stands in the pipeline does not matter: the middleware is always the outermost, so requests answered earlier in the pipeline are
    /// recorded too. The address is the connection's; behind a proxy, ASP.NET Core's own <c>UseForwardedHeaders</c> with known proxies
    /// corrects it, even if it runs later.
    /// </remarks>
    public static IApplicationBuilder UseEzAudit(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        RequestPipeline pipeline = app.ApplicationServices.GetService<RequestPipeline>()
            ?? throw new InvalidOperationException("UseEzAudit: its services are not registered. Call builder.Services.AddEzAudit().AddAspNetCore() first.");
        pipeline.Use();
        return app;
    }
}
