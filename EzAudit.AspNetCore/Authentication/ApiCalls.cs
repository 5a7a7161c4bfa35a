using System.Security.Claims;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Records the credentials of API calls: accepted ones once per interval, refused ones each time. Each call has one verdict.</summary>
/// <remarks>Several schemes may examine a call's credentials; if one accepts them, a refusal by another is not a failed sign-in.</remarks>
internal sealed class ApiCalls(
    SecurityTrail trail, OriginReader reader, RecentPrincipals recent, IOptions<AuditAuthenticationOptions> options)
{
    private static readonly string[] ClientIdClaims = ["client_id", "azp", "appid"];
    private static readonly string[] ScopeClaims = ["scope", "scp", "http://schemas.microsoft.com/identity/claims/scope"];

    /// <summary>A scheme accepted the credentials. Recorded at once, unless authorization may still refuse the call.</summary>
    public async ValueTask AcceptAsync(HttpContext context, SecurityFacts facts, AcceptedCredentials credentials)
    {
        facts.IsApiCall = credentials.Kind != AuditSchemeKind.SingleSignOn;
        facts.IsAccepted = true;
        if (facts.IsAuthorized || !RequiresAuthorization(context))
        {
            await RecordAsync(context, credentials).ConfigureAwait(false);
            return;
        }
        facts.Accepted.Add(credentials);
        SettleLater(context, facts);
    }

    /// <summary>A scheme refused the credentials. This is not yet a verdict: another scheme may accept them.</summary>
    public void Refuse(HttpContext context, SecurityFacts facts, RefusedCredentials credentials)
    {
        facts.Refused.Add(credentials);
        SettleLater(context, facts);
    }

    /// <summary>Authorization did not challenge the call: records the accepted credentials before the endpoint runs.</summary>
    public async ValueTask GrantAsync(HttpContext context, SecurityFacts facts)
    {
        facts.IsAuthorized = true;
        AcceptedCredentials[] accepted = [.. facts.Accepted];
        facts.Accepted.Clear();
        foreach (AcceptedCredentials credentials in accepted) await RecordAsync(context, credentials).ConfigureAwait(false);
    }

    /// <summary>The call is challenged: records its credentials as refused, preferably by the scheme that issues the challenge.</summary>
    /// <returns>Whether a scheme refused credentials of this call.</returns>
    public async ValueTask<bool> TryRecordRefusalAsync(HttpContext context, SecurityFacts facts, string? scheme)
    {
        facts.Accepted.Clear();
        if (facts.Refused.Count == 0) return false;
        RefusedCredentials refused = facts.Refused.Find(refused => refused.Scheme == scheme) ?? facts.Refused[0];
        facts.IsRefused = true;
        (string method, string path) = CallOf(context);
        if (refused.Kind == AuditSchemeKind.OAuth)
            await trail.WriteAsync("user-failed-login-oauth", "", RefusalReason.Of(refused.Failure, "invalid"), method, path).ConfigureAwait(false);
        else
            await trail.WriteAsync(
                "user-failed-login-api", refused.Scheme, BasicLogin.Of(context.Request), RefusalReason.Of(refused.Failure, "bad-credentials"), method, path).ConfigureAwait(false);
        return true;
    }

    // Settles a call that is never challenged: before the response starts, or when it completes.
    private void SettleLater(HttpContext context, SecurityFacts facts)
    {
        if (!facts.IsFirst("settle", "")) return;
        // The server calls back outside the request's execution context.
        IAuditOrigin? origin = AuditContext.Origin;
        Task Settle() => SettleAsync(context, facts, origin);
        if (!context.Response.HasStarted) context.Response.OnStarting(Settle);
        context.Response.OnCompleted(Settle);
    }

    private async Task SettleAsync(HttpContext context, SecurityFacts facts, IAuditOrigin? origin)
    {
        using IDisposable? flow = origin is null ? null : AuditContext.Use(origin);
        try
        {
            if (facts.IsAccepted) await GrantAsync(context, facts).ConfigureAwait(false);
            else if (!facts.IsRefused) await TryRecordRefusalAsync(context, facts, null).ConfigureAwait(false);
        }
        catch (AuditWriteException) when (facts.Unrecorded is not null && !context.Response.HasStarted)
        {
            // The server would answer 500; the response guard is called next and refuses the request.
        }
    }

    private async ValueTask RecordAsync(HttpContext context, AcceptedCredentials credentials)
    {
        ClaimsPrincipal principal = credentials.Ticket.Principal;
        AuditActor user = reader.UserOf(principal);
        string key = credentials.Kind == AuditSchemeKind.ApiKey ? Claim(principal, options.Value.KeyIdClaim) : Claim(principal, ClientIdClaims);
        if (!recent.IsNew(credentials.Scheme, user.Id, key)) return;
        try
        {
            await WriteAsync(context, credentials, user, key).ConfigureAwait(false);
        }
        catch
        {
            recent.Forget(credentials.Scheme, user.Id, key);
            throw;
        }
    }

    private ValueTask<bool> WriteAsync(HttpContext context, AcceptedCredentials credentials, AuditActor user, string key)
    {
        (string method, string path) = CallOf(context);
        switch (credentials.Kind)
        {
            case AuditSchemeKind.Basic:
                return trail.WriteAsync("user-login-api-basic", user.Id, user.Login, method, path);
            case AuditSchemeKind.ApiKey:
                return trail.WriteAsync("user-login-api-key", user.Id, user.Login, key, method, path);
            case AuditSchemeKind.OAuth:
                return trail.WriteAsync("user-login-api-oauth", user.Id, user.Login, key, Claim(credentials.Ticket.Principal, ScopeClaims), method, path);
            default:
                return trail.WriteAsync("user-login-sso", user.Id, user.Login, credentials.Scheme);
        }
    }

    private static bool RequiresAuthorization(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<IAllowAnonymous>() is null
        && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<AuthorizationPolicy>() is not null);

    private static (string Method, string Path) CallOf(HttpContext context) => (context.Request.Method, context.Request.PathBase + context.Request.Path);

    private string Claim(ClaimsPrincipal principal, params string[] types) =>
        trail.Details.Read("A claim", (principal, types), static state => First(state.principal, state.types)) ?? "";

    private static string? First(ClaimsPrincipal principal, params ReadOnlySpan<string> types)
    {
        foreach (string type in types)
        {
            if (principal.FindFirst(type) is { } claim) return claim.Value;
        }
        return null;
    }
}
