using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>
/// Observes every authorization check, imperative ones too, and decides none. A failed check alone denies nothing, since pages check before
/// they show a link; it counts as a denial if the response is 403.
/// </summary>
internal sealed class RequirementObserver(Refusals refusals) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        // Not IHttpContextAccessor: once it is registered, the server no longer reuses request objects.
        if (AuditContext.Origin is not RequestOrigin { Request: { } http } origin) return Task.CompletedTask;
        SecurityFacts facts = SecurityFacts.Of(http);
        if (!http.Response.HasStarted && facts.IsFirst("ask", "")) http.Response.OnStarting(() => RecordDenialAsync(http, origin));
        facts.Ask(context);
        return Task.CompletedTask;
    }

    // For an application that sets the status itself instead of forbidding. The server calls back outside the request's execution context.
    private async Task RecordDenialAsync(HttpContext http, RequestOrigin origin)
    {
        if (http.Response.StatusCode != StatusCodes.Status403Forbidden || SecurityFacts.Of(http).Denied is null) return;
        using IDisposable flow = AuditContext.Use(origin);
        await refusals.ForbidAsync(http, AuditSchemeKind.None).ConfigureAwait(false);
    }
}
