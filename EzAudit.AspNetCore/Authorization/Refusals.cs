using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>Records denied access once per request, separately for APIs and pages.</summary>
internal sealed class Refusals(SecurityTrail trail, ApiCalls apiCalls)
{
    /// <summary>Records that a known user was denied access. Called once the response is decided.</summary>
    public async ValueTask ForbidAsync(HttpContext context, AuditSchemeKind kind)
    {
        SecurityFacts facts = SecurityFacts.Of(context);
        if (facts.IsDenied) return;
        facts.IsDenied = true;
        string path = context.Request.PathBase + context.Request.Path;
        string policy = trail.Details.Read("The required policy", (context, facts), static state => RequiredPolicy.Of(state.context, state.facts.Denied)) ?? "";
        string? redirectedTo = RedirectOf(context.Response);
        if (ApiEndpoint.Is(context, facts, redirectedTo, kind))
            await trail.WriteAsync("access-denied-api", context.Request.Method, path, policy, StatusOf(context.Response)).ConfigureAwait(false);
        else
            await trail.WriteAsync("access-denied-page", path, policy, redirectedTo).ConfigureAwait(false);
    }

    /// <summary>Handles a challenge. On a page this is no event, since the visitor is asked to sign in, unless the request's credentials were refused.</summary>
    public async ValueTask ChallengeAsync(HttpContext context, string? scheme, AuditSchemeKind kind)
    {
        SecurityFacts facts = SecurityFacts.Of(context);
        if (facts.IsRefused || await apiCalls.TryRecordRefusalAsync(context, facts, scheme).ConfigureAwait(false)) return;
        if (!ApiEndpoint.Is(context, facts, RedirectOf(context.Response), kind)) return;
        facts.IsRefused = true;
        // The header's value may be a key: record only whether the header is present.
        string reason = context.Request.Headers.Authorization.Count == 0 ? "no-credentials" : "invalid-scheme";
        await trail.WriteAsync(
            "user-failed-login-api", scheme ?? "", BasicLogin.Of(context.Request), reason, context.Request.Method, context.Request.PathBase + context.Request.Path).ConfigureAwait(false);
    }

    private static int StatusOf(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest ? response.StatusCode : StatusCodes.Status403Forbidden;

    // Without its query, which repeats that of the requested page.
    private static string? RedirectOf(HttpResponse response) =>
        response.StatusCode is >= 300 and < 400 && Uri.TryCreate(response.Headers.Location, UriKind.RelativeOrAbsolute, out Uri? target)
            ? target.IsAbsoluteUri ? target.GetLeftPart(UriPartial.Path) : target.OriginalString.Split('?', '#')[0]
            : null;
}
