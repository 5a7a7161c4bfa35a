using EzAudit.AspNetCore.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Turns on the capture of requests.</summary>
public static class EzAuditApplicationBuilderExtensions
{
    /// <summary>
    /// Records requests as audit.ini says, and lets every record written inside a request say who made it and from where. Needs
    /// <c>AddEzAudit().AddAspNetCore()</c>.
    /// </summary>
    /// <remarks>
    /// It does not matter where the line stands: the application is observed from outside, so that requests are recorded too that are answered
    /// before they reach it. The address is the connection's; behind a proxy, ASP.NET Core's own <c>UseForwardedHeaders</c> with known proxies
    /// corrects it, also when it comes later.
    /// </remarks>
    public static IApplicationBuilder UseEzAudit(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        RequestPipeline pipeline = app.ApplicationServices.GetService<RequestPipeline>()
            ?? throw new InvalidOperationException("UseEzAudit: found no services of it, expected builder.Services.AddEzAudit().AddAspNetCore() before.");
        pipeline.Use();
        return app;
    }
}
