using EzAudit.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>
/// Sees every question to authorization, imperative ones too, and answers none. A no alone denies nothing (pages ask before they show
/// a link); it does when the answer to the request is 403.
/// </summary>
internal sealed class RequirementObserver(IHttpContextAccessor accessor, Refusals refusals) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (accessor.HttpContext is not { } http) return Task.CompletedTask;
        RequestFacts facts = RequestFacts.Of(http);
        if (!http.Response.HasStarted && facts.IsFirst("ask", "")) http.Response.OnStarting(RecordDenial, http);
        facts.Ask(context);
        return Task.CompletedTask;
    }

    // For who writes the status by hand instead of forbidding.
    private Task RecordDenial(object state)
    {
        var http = (HttpContext)state;
        if (http.Response.StatusCode == StatusCodes.Status403Forbidden && RequestFacts.Of(http).Denied is not null)
            refusals.Forbidden(http, AuditSchemeKind.None);
        return Task.CompletedTask;
    }
}
