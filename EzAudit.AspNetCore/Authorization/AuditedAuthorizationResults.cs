using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>Decorates the application's handler of authorization results, which may answer a denial in its own way, such as with 404 or a page.</summary>
internal sealed class AuditedAuthorizationResults(
    IAuthorizationMiddlewareResultHandler inner, SchemeKinds kinds, ApiCalls apiCalls, Refusals refusals, IAuthenticationSchemeProvider? schemes = null)
    : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Succeeded) SecurityFacts.Of(context).IsTurnedAway = true;
        if (!authorizeResult.Challenged) await apiCalls.GrantAsync(context, SecurityFacts.Of(context)).ConfigureAwait(false);
        await inner.HandleAsync(next, context, policy, authorizeResult).ConfigureAwait(false);
        if (authorizeResult.Succeeded) return;
        AuthenticationScheme? scheme = schemes is null ? null : await SchemeOf(policy, schemes).ConfigureAwait(false);
        if (authorizeResult.Forbidden) await refusals.ForbidAsync(context, kinds.Of(scheme)).ConfigureAwait(false);
        else await refusals.ChallengeAsync(context, scheme?.Name, kinds.Of(scheme)).ConfigureAwait(false);
    }

    private static Task<AuthenticationScheme?> SchemeOf(AuthorizationPolicy policy, IAuthenticationSchemeProvider schemes) =>
        policy.AuthenticationSchemes.Count > 0 ? schemes.GetSchemeAsync(policy.AuthenticationSchemes[0]) : schemes.GetDefaultChallengeSchemeAsync();
}
