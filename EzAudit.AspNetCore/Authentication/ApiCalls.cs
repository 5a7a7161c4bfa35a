using System.Security.Claims;
using EzAudit.AspNetCore.Context;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Puts the credentials that come with calls of an API on record: once in a while when they are good, each time when not.</summary>
internal sealed class ApiCalls(
    SecurityTrail trail, OriginReader reader, RecentPrincipals recent, IOptions<AuditAuthenticationOptions> options)
{
    private static readonly string[] ClientIdClaims = ["client_id", "azp", "appid"];
    private static readonly string[] ScopeClaims = ["scope", "scp", "http://schemas.microsoft.com/identity/claims/scope"];

    public void Accepted(HttpContext context, SecurityFacts facts, string scheme, AuditSchemeKind kind, AuthenticationTicket ticket)
    {
        facts.IsApiCall = kind != AuditSchemeKind.SingleSignOn;
        AuditActor user = reader.UserOf(ticket.Principal);
        string key = kind == AuditSchemeKind.ApiKey ? Claim(ticket.Principal, options.Value.KeyIdClaim) : Claim(ticket.Principal, ClientIdClaims);
        if (!recent.IsNew(scheme, user.Id, key)) return;
        try
        {
            Record(context, scheme, kind, ticket.Principal, user, key);
        }
        catch
        {
            recent.Forget(scheme, user.Id, key);
            throw;
        }
    }

    public void Refused(HttpContext context, SecurityFacts facts, string scheme, AuditSchemeKind kind, Exception failure)
    {
        (string method, string path) = CallOf(context);
        facts.IsRefused = true;
        if (kind == AuditSchemeKind.OAuth)
            trail.Write("user-failed-login-oauth", () => SignInAudit.OAuthRefused("", RefusalReason.Of(failure, "invalid"), method, path));
        else
            trail.Write("user-failed-login-api", () =>
                SignInAudit.ApiRefused(scheme, RefusalReason.Of(failure, "bad-credentials"), method, path, BasicLogin.Of(context.Request)));
    }

    private void Record(HttpContext context, string scheme, AuditSchemeKind kind, ClaimsPrincipal principal, AuditActor user, string key)
    {
        (string method, string path) = CallOf(context);
        switch (kind)
        {
            case AuditSchemeKind.Basic:
                trail.Write("user-login-api-basic", () => SignInAudit.ApiBasic(user.Id, user.Login, method, path));
                break;
            case AuditSchemeKind.ApiKey:
                trail.Write("user-login-api-key", () => SignInAudit.ApiKey(user.Id, user.Login, key, method, path));
                break;
            case AuditSchemeKind.OAuth:
                trail.Write("user-login-api-oauth", () => SignInAudit.ApiOAuth(user.Id, user.Login, key, Claim(principal, ScopeClaims), method, path));
                break;
            default:
                trail.Write("user-login-sso", () => SignInAudit.SingleSignOn(user.Id, user.Login, scheme));
                break;
        }
    }

    private static (string Method, string Path) CallOf(HttpContext context) => (context.Request.Method, context.Request.PathBase + context.Request.Path);

    private static string Claim(ClaimsPrincipal principal, params ReadOnlySpan<string> types)
    {
        foreach (string type in types)
        {
            if (principal.FindFirst(type) is { } claim) return claim.Value;
        }
        return "";
    }
}
