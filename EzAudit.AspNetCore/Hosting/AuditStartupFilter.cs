using EzAudit.AspNetCore.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>
/// Puts the middleware in front of the pipeline, unless the application places it itself: middleware that the host adds (host filtering,
/// authentication, authorization) may answer requests too.
/// </summary>
internal sealed class AuditStartupFilter(RequestPipeline pipeline) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        pipeline.Settle();
        // Decided when the pipeline is built: a Startup class calls UseEzAudit only in next.
        app.Use(inner => pipeline.IsInPlace ? inner : RequestMiddleware.Create(app.ApplicationServices, inner));
        next(app);
    };
}
