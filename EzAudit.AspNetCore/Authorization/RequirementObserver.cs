using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>
/// Sees every question to authorization, imperative ones too, and answers none. A no alone denies nothing (pages ask before they show
/// a link); it does when the answer to the request is 403.
/// </summary>
internal sealed class RequirementObserver(Refusals refusals) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        // Not by IHttpContextAccessor: with that registered, the server makes each request anew instead of using one again.
        if (AuditContext.Origin is not RequestOrigin { Request: { } http } origin) return Task.CompletedTask;
        SecurityFacts facts = SecurityFacts.Of(http);
        if (!http.Response.HasStarted && facts.IsFirst("ask", "")) http.Response.OnStarting(() => RecordDenialAsync(http, origin));
        facts.Ask(context);
        return Task.CompletedTask;
    }

    // For an application that writes the status itself instead of forbidding. The server calls back outside of the request's flow.
    private async Task RecordDenialAsync(HttpContext http, RequestOrigin origin)
    {
        if (http.Response.StatusCode != StatusCodes.Status403Forbidden || SecurityFacts.Of(http).Denied is null) return;
        using IDisposable flow = AuditContext.Use(origin);
        await refusals.ForbidAsync(http, AuditSchemeKind.None).ConfigureAwait(false);
    }
}
