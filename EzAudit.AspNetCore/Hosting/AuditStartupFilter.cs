using EzAudit.AspNetCore.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>
/// Puts the middleware around everything. Where the application says <c>UseEzAudit</c> is too late: what a host adds by itself in front of it
/// (host filtering, authentication, authorization) answers requests that would then be recorded nowhere.
/// </summary>
internal sealed class AuditStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestMiddleware>();
        next(app);
    };
}
