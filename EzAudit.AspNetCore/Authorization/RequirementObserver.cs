using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Context;
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
        if (AuditContext.Origin is not RequestOrigin { Request: { } http }) return Task.CompletedTask;
        SecurityFacts facts = SecurityFacts.Of(http);
        if (!http.Response.HasStarted && facts.IsFirst("ask", "")) http.Response.OnStarting(RecordDenial, http);
        facts.Ask(context);
        return Task.CompletedTask;
    }

    // For who writes the status by hand instead of forbidding.
    private Task RecordDenial(object state)
    {
        var http = (HttpContext)state;
        if (http.Response.StatusCode == StatusCodes.Status403Forbidden && SecurityFacts.Of(http).Denied is not null)
            refusals.Forbidden(http, AuditSchemeKind.None);
        return Task.CompletedTask;
    }
}
