using EzAudit.AspNetCore.Authentication;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authorization;

/// <summary>Puts on record that access was denied, once for a request, for APIs and pages apart.</summary>
internal sealed class Refusals(SecurityTrail trail)
{
    /// <summary>A user is known, and may not. Called when the answer is made up.</summary>
    public void Forbidden(HttpContext context, AuditSchemeKind kind)
    {
        SecurityFacts facts = SecurityFacts.Of(context);
        if (facts.IsDenied) return;
        facts.IsDenied = true;
        string path = context.Request.PathBase + context.Request.Path;
        string policy = RequiredPolicy.Of(context, facts.Denied);
        string? redirectedTo = RedirectOf(context.Response);
        if (ApiEndpoint.Is(context, facts, redirectedTo, kind))
            trail.Write("access-denied-api", () => AccessDeniedAudit.Api(context.Request.Method, path, policy, StatusOf(context.Response)));
        else
            trail.Write("access-denied-page", () => AccessDeniedAudit.Page(path, policy, redirectedTo));
    }

    /// <summary>Nobody is known. Of a page that is no event: its visitor is asked to sign in.</summary>
    public void Challenged(HttpContext context, string? scheme, AuditSchemeKind kind)
    {
        SecurityFacts facts = SecurityFacts.Of(context);
        if (facts.IsRefused || !ApiEndpoint.Is(context, facts, RedirectOf(context.Response), kind)) return;
        facts.IsRefused = true;
        // The header's own words may be a key: only whether there are any is said.
        string reason = context.Request.Headers.Authorization.Count == 0 ? "no-credentials" : "invalid-scheme";
        trail.Write("user-failed-login-api", () =>
            SignInAudit.ApiRefused(scheme ?? "", reason, context.Request.Method, context.Request.PathBase + context.Request.Path, BasicLogin.Of(context.Request)));
    }

    private static int StatusOf(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest ? response.StatusCode : StatusCodes.Status403Forbidden;

    // Without its query, which repeats that of the page that was asked for.
    private static string? RedirectOf(HttpResponse response) =>
        response.StatusCode is >= 300 and < 400 && Uri.TryCreate(response.Headers.Location, UriKind.RelativeOrAbsolute, out Uri? target)
            ? target.IsAbsoluteUri ? target.GetLeftPart(UriPartial.Path) : target.OriginalString.Split('?', '#')[0]
            : null;
}
