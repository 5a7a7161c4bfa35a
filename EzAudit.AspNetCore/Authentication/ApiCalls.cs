using System.Security.Claims;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Records the credentials that come with calls of an API: once in a while when they are good, each time when not. One call is one verdict.</summary>
/// <remarks>Several schemes may look at the credentials of a call; those of another scheme than the one that takes them are no failed sign-in.</remarks>
internal sealed class ApiCalls(
    SecurityTrail trail, OriginReader reader, RecentPrincipals recent, IOptions<AuditAuthenticationOptions> options)
{
    private static readonly string[] ClientIdClaims = ["client_id", "azp", "appid"];
    private static readonly string[] ScopeClaims = ["scope", "scp", "http://schemas.microsoft.com/identity/claims/scope"];

    /// <summary>A scheme took the credentials. Recorded at once, unless authorization is still to say whether the call is refused all the same.</summary>
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
        SettleAtTheEnd(context, facts);
    }

    /// <summary>A scheme did not take the credentials. That is no verdict yet.</summary>
    public void Refuse(HttpContext context, SecurityFacts facts, RefusedCredentials credentials)
    {
        facts.Refused.Add(credentials);
        SettleAtTheEnd(context, facts);
    }

    /// <summary>Authorization did not ask for other credentials: what was accepted is recorded, before the endpoint acts.</summary>
    public async ValueTask GrantAsync(HttpContext context, SecurityFacts facts)
    {
        facts.IsAuthorized = true;
        AcceptedCredentials[] accepted = [.. facts.Accepted];
        facts.Accepted.Clear();
        foreach (AcceptedCredentials credentials in accepted) await RecordAsync(context, credentials).ConfigureAwait(false);
    }

    /// <summary>The call is asked for other credentials: those that it brought are recorded as refused, preferably by the scheme that asks.</summary>
    /// <returns>Whether it brought any that a scheme refused.</returns>
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

    // Where nobody asks for other credentials: before the answer, or behind it where it began without.
    private void SettleAtTheEnd(HttpContext context, SecurityFacts facts)
    {
        if (!facts.IsFirst("settle", "")) return;
        // The server calls back outside of the request's flow.
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
            // The server would answer 500; whoever guards the answer is called next and refuses it.
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
