using System.Security.Claims;
using EzAudit.AspNetCore.Context;
using EzAudit.AspNetCore.Sessions;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Puts sign-ins with a session, and their ends, on record.</summary>
/// <remarks>
/// A sign-in is recorded before its cookie or token is made, so that nobody is signed in whose record could not be written. A sign-out
/// is recorded when it is done: nobody stays signed in because of the audit trail.
/// </remarks>
internal sealed class SignIns(SecurityTrail trail, SessionTable sessions, OriginReader reader)
{
    // What ASP.NET Core's remote handlers write into a ticket: who vouched for the user.
    private const string RemoteSchemeEntry = ".AuthScheme";

    // "amr" words that name no other party.
    private static readonly string[] OwnMethods = ["pwd", "mfa", "otp"];

    public async Task BeginSessionAsync(
        HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties, Func<AuthenticationProperties, Task> signIn)
    {
        AuditActor user = reader.UserOf(principal);
        SecurityFacts facts = SecurityFacts.Of(context);
        // Properties that hold a living session of the same user come from its ticket: claims are refreshed, nobody signs in.
        if (sessions.Find(SessionId.Of(properties)) is { } living && living.User.Id == user.Id)
        {
            await signIn(properties).ConfigureAwait(false);
            return;
        }

        string id = SessionId.New();
        properties.Items[SessionId.Entry] = id;
        RecordLogin(user, principal, properties);
        sessions.Begin(id, user, context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent, properties.ExpiresUtc);
        try
        {
            await signIn(properties).ConfigureAwait(false);
        }
        catch
        {
            sessions.End(id, "error");
            throw;
        }
        if (facts.SessionScheme == scheme) sessions.End(facts.SessionId, "replaced");
        (facts.SessionId, facts.SessionScheme) = (id, scheme);
    }

    /// <summary>A sign-in that is answered with a token instead of a cookie.</summary>
    public async Task IssueTokenAsync(ClaimsPrincipal principal, AuthenticationProperties? properties, Func<AuthenticationProperties?, Task> signIn)
    {
        RecordLogin(reader.UserOf(principal), principal, properties);
        await signIn(properties).ConfigureAwait(false);
    }

    public void UseSession(HttpContext context, SecurityFacts facts, string scheme, AuthenticateResult result)
    {
        if (result is not { Succeeded: true, Ticket: { } ticket })
        {
            // Where a ticket was looked at, it was rejected.
            sessions.End(facts.ExaminedSessionId, "revoked");
            return;
        }
        if (SessionId.Of(ticket.Properties) is not { } id) return;
        (facts.SessionId, facts.SessionScheme) = (id, scheme);
        if (sessions.Find(id) is not { } session)
        {
            AuditActor user = reader.UserOf(ticket.Principal);
            if (ticket.Properties.IsPersistent) RecordRemembered(user, ticket.Properties);
            session = sessions.Begin(id, user, context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent, ticket.Properties.ExpiresUtc);
        }
        sessions.Touch(session, ticket.Properties.ExpiresUtc);
    }

    public void EndSession(AuthenticationTicket ticket)
    {
        AuditActor user = reader.UserOf(ticket.Principal);
        trail.Write("user-logout", () => SignInAudit.Logout(user.Id, user.Login));
        sessions.End(SessionId.Of(ticket.Properties), "logout");
    }

    private void RecordLogin(AuditActor user, ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        if (ProviderOf(principal, properties) is { } provider) trail.Write("user-login-sso", () => SignInAudit.SingleSignOn(user.Id, user.Login, provider));
        else trail.Write("user-login", () => UserAudit.Login(user.Id, user.Login));
    }

    private void RecordRemembered(AuditActor user, AuthenticationProperties properties) =>
        trail.Write("user-login-remember-me", () => SignInAudit.RememberMe(user.Id, user.Login, properties.IssuedUtc ?? default));

    private static string? ProviderOf(ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        if (principal.FindFirstValue(ClaimTypes.AuthenticationMethod) is { } method && !OwnMethods.Contains(method)) return method;
        return properties?.Items.TryGetValue(RemoteSchemeEntry, out string? scheme) == true ? scheme : null;
    }
}
