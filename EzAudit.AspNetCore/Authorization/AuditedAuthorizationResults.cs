using EzAudit.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>Stands before the application's handler of authorization results, which may answer a denial as it likes: with 404, with a page.</summary>
internal sealed class AuditedAuthorizationResults(
    IAuthorizationMiddlewareResultHandler inner, SchemeKinds kinds, Refusals refusals, IAuthenticationSchemeProvider? schemes = null)
    : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Succeeded) SecurityFacts.Of(context).IsTurnedAway = true;
        await inner.HandleAsync(next, context, policy, authorizeResult).ConfigureAwait(false);
        if (authorizeResult.Succeeded) return;
        AuthenticationScheme? scheme = schemes is null ? null : await SchemeOf(policy, schemes).ConfigureAwait(false);
        if (authorizeResult.Forbidden) refusals.Forbidden(context, kinds.Of(scheme));
        else refusals.Challenged(context, scheme?.Name, kinds.Of(scheme));
    }

    private static Task<AuthenticationScheme?> SchemeOf(AuthorizationPolicy policy, IAuthenticationSchemeProvider schemes) =>
        policy.AuthenticationSchemes.Count > 0 ? schemes.GetSchemeAsync(policy.AuthenticationSchemes[0]) : schemes.GetDefaultChallengeSchemeAsync();
}
