using System.Security.Claims;
using EzAudit.AspNetCore.Security;
using EzAudit.AspNetCore.Sessions;
using EzAudit.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Records sign-ins that begin a session, and sign-outs.</summary>
/// <remarks>
/// A sign-in is recorded before its cookie or token is issued, so that no sign-in succeeds without a record. A sign-out is recorded
/// afterwards: the audit trail must not keep anyone signed in.
/// </remarks>
internal sealed class SignIns(SecurityTrail trail, SessionTable sessions, OriginReader reader)
{
    // ASP.NET Core's remote handlers store the provider's name in the ticket under this key.
    private const string RemoteSchemeEntry = ".AuthScheme";

    // Values of "amr" that do not name another party.
    private static readonly string[] OwnMethods = ["pwd", "mfa", "otp"];

    public async Task BeginSessionAsync(
        HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties, Func<AuthenticationProperties, Task> signIn)
    {
        AuditActor user = reader.UserOf(principal);
        SecurityFacts facts = SecurityFacts.Of(context);
        // Properties with a live session of the same user come from its ticket: the claims are refreshed, nobody signs in.
        if (sessions.Find(SessionId.Of(properties)) is { } living && living.User.Id == user.Id)
        {
            await signIn(properties).ConfigureAwait(false);
            return;
        }

        string id = SessionId.New();
        properties.Items[SessionId.Entry] = id;
        await RecordLoginAsync(user, principal, properties).ConfigureAwait(false);
        await sessions.BeginAsync(id, user, context, properties.ExpiresUtc).ConfigureAwait(false);
        try
        {
            await signIn(properties).ConfigureAwait(false);
        }
        catch
        {
            await sessions.EndAsync(id, "error").ConfigureAwait(false);
            throw;
        }
        if (facts.SessionScheme == scheme) await sessions.EndAsync(facts.SessionId, "replaced").ConfigureAwait(false);
        (facts.SessionId, facts.SessionScheme) = (id, scheme);
    }

    /// <summary>Records a sign-in answered with a token instead of a cookie. A new token for a refresh token is not a sign-in.</summary>
    public async Task IssueTokenAsync(HttpContext context, ClaimsPrincipal principal, AuthenticationProperties? properties, Func<AuthenticationProperties?, Task> signIn)
    {
        AuditActor user = reader.UserOf(principal);
        if (SecurityFacts.Of(context).RefreshedUserId == user.Id) await trail.WriteAsync("token-refresh", user.Id, user.Login).ConfigureAwait(false);
        else await RecordLoginAsync(user, principal, properties).ConfigureAwait(false);
        await signIn(properties).ConfigureAwait(false);
    }

    public async ValueTask UseSessionAsync(HttpContext context, SecurityFacts facts, string scheme, AuthenticateResult result)
    {
        if (result is not { Succeeded: true, Ticket: { } ticket })
        {
            // If a ticket was being examined, it was rejected.
            await sessions.EndAsync(facts.ExaminedSessionId, "revoked").ConfigureAwait(false);
            return;
        }
        if (SessionId.Of(ticket.Properties) is not { } id) return;
        (facts.SessionId, facts.SessionScheme) = (id, scheme);
        if (sessions.Find(id) is not { } session)
        {
            AuditActor user = reader.UserOf(ticket.Principal);
            if (ticket.Properties.IsPersistent) await RecordRememberedAsync(user, ticket.Properties).ConfigureAwait(false);
            session = await sessions.BeginAsync(id, user, context, ticket.Properties.ExpiresUtc).ConfigureAwait(false);
        }
        await sessions.TouchAsync(session, ticket.Properties.ExpiresUtc).ConfigureAwait(false);
    }

    public async ValueTask EndSessionAsync(AuthenticationTicket ticket)
    {
        AuditActor user = reader.UserOf(ticket.Principal);
        await trail.WriteAsync("user-logout", user.Id, user.Login).ConfigureAwait(false);
        await sessions.EndAsync(SessionId.Of(ticket.Properties), "logout").ConfigureAwait(false);
    }

    private ValueTask<bool> RecordLoginAsync(AuditActor user, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
        trail.Details.Read("The provider", (principal, properties), static state => ProviderOf(state.principal, state.properties)) is { } provider
            ? trail.WriteAsync("user-login-sso", user.Id, user.Login, provider)
            : trail.WriteAsync("user-login", user.Id, user.Login);

    private ValueTask<bool> RecordRememberedAsync(AuditActor user, AuthenticationProperties properties) =>
        trail.WriteAsync("user-login-remember-me", user.Id, user.Login, properties.IssuedUtc ?? default);

    private static string? ProviderOf(ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        if (principal.FindFirstValue(ClaimTypes.AuthenticationMethod) is { } method && !OwnMethods.Contains(method)) return method;
        return properties?.Items.TryGetValue(RemoteSchemeEntry, out string? scheme) == true ? scheme : null;
    }
}
