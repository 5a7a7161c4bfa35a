using System.Security.Claims;
using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>Decorates the host's authentication service to observe every scheme's sign-ins, sign-outs, refusals and calls.</summary>
internal sealed class AuditedAuthenticationService(
    IAuthenticationService inner,
    IAuthenticationSchemeProvider schemes,
    SchemeKinds kinds,
    SignIns signIns,
    ApiCalls apiCalls,
    Refusals refusals) : IAuthenticationService
{
    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
    {
        AuthenticationScheme? known = await FindAsync(scheme, schemes.GetDefaultAuthenticateSchemeAsync).ConfigureAwait(false);
        AuditSchemeKind kind = kinds.Of(known);
        if (known is null || kind == AuditSchemeKind.None) return await inner.AuthenticateAsync(context, scheme).ConfigureAwait(false);

        SecurityFacts facts = SecurityFacts.Of(context);
        if (facts.SchemesExamining++ == 0) facts.ExaminedSessionId = null;
        AuthenticateResult result;
        try
        {
            result = await inner.AuthenticateAsync(context, scheme).ConfigureAwait(false);
        }
        finally
        {
            facts.SchemesExamining--;
        }
        // Handlers cache their result: asking again within a request costs nothing.
        if (facts.IsFirst("authenticate", known.Name)) await RecordAsync(context, facts, (known.Name, kind), result).ConfigureAwait(false);
        return result;
    }

    public async Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        AuthenticationScheme? known = await FindAsync(scheme, schemes.GetDefaultSignInSchemeAsync).ConfigureAwait(false);
        AuditSchemeKind kind = kinds.Of(known);
        Task SignIn(AuthenticationProperties? with) => inner.SignInAsync(context, scheme, principal, with);
        if (kind == AuditSchemeKind.Session) await signIns.BeginSessionAsync(context, known!.Name, principal, properties ?? new AuthenticationProperties(), SignIn).ConfigureAwait(false);
        else if (kind == AuditSchemeKind.OAuth) await signIns.IssueTokenAsync(context, principal, properties, SignIn).ConfigureAwait(false);
        else await SignIn(properties).ConfigureAwait(false);
    }

    public async Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
    {
        AuthenticationScheme? known = await FindAsync(scheme, schemes.GetDefaultSignOutSchemeAsync).ConfigureAwait(false);
        SecurityFacts facts = SecurityFacts.Of(context);
        // Signed out while its ticket is being examined: it was rejected. Authenticating again here would deadlock.
        bool isLogout = kinds.Of(known) == AuditSchemeKind.Session && facts.SchemesExamining == 0 && facts.IsFirst("sign out", known!.Name);
        AuthenticateResult? before = isLogout ? await inner.AuthenticateAsync(context, scheme).ConfigureAwait(false) : null;
        string?[] cookies = [.. context.Response.Headers.SetCookie];
        await inner.SignOutAsync(context, scheme, properties).ConfigureAwait(false);
        facts.SignOutCookies = [.. facts.SignOutCookies, .. context.Response.Headers.SetCookie.Except(cookies)];
        if (before is { Succeeded: true, Ticket: { } ticket }) await signIns.EndSessionAsync(ticket).ConfigureAwait(false);
    }

    public async Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
    {
        AuthenticationScheme? known = await FindAsync(scheme, schemes.GetDefaultChallengeSchemeAsync).ConfigureAwait(false);
        // If the application itself redirects to a remote provider, a sign-in begins.
        if (kinds.Of(known) != AuditSchemeKind.None) SecurityFacts.Of(context).IsTurnedAway = true;
        await inner.ChallengeAsync(context, scheme, properties).ConfigureAwait(false);
        await refusals.ChallengeAsync(context, known?.Name, kinds.Of(known)).ConfigureAwait(false);
    }

    public async Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
    {
        SecurityFacts.Of(context).IsTurnedAway = true;
        await inner.ForbidAsync(context, scheme, properties).ConfigureAwait(false);
        AuthenticationScheme? known = await FindAsync(scheme, schemes.GetDefaultForbidSchemeAsync).ConfigureAwait(false);
        await refusals.ForbidAsync(context, kinds.Of(known)).ConfigureAwait(false);
    }

    private async ValueTask RecordAsync(HttpContext context, SecurityFacts facts, (string Name, AuditSchemeKind Kind) scheme, AuthenticateResult result)
    {
        if (scheme.Kind == AuditSchemeKind.Session) await signIns.UseSessionAsync(context, facts, scheme.Name, result).ConfigureAwait(false);
        else if (result is { Succeeded: true, Ticket: { } ticket }) await apiCalls.AcceptAsync(context, facts, new AcceptedCredentials(scheme.Name, scheme.Kind, ticket)).ConfigureAwait(false);
        else if (result.Failure is { } failure) apiCalls.Refuse(context, facts, new RefusedCredentials(scheme.Name, scheme.Kind, failure));
    }

    private Task<AuthenticationScheme?> FindAsync(string? scheme, Func<Task<AuthenticationScheme?>> byDefault) =>
        scheme is null ? byDefault() : schemes.GetSchemeAsync(scheme);
}
