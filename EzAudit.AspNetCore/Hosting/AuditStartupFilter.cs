using EzAudit.AspNetCore.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>
/// Adds the middleware as the outermost. The application's own <c>UseEzAudit</c> call comes too late: middleware that the host adds before it
/// (host filtering, authentication, authorization) may answer requests, which would then not be recorded.
/// </summary>
internal sealed class AuditStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestMiddleware>();
        next(app);
    };
}
