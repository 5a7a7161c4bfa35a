using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>What has been observed and recorded in one request so far, so that nothing is recorded twice.</summary>
internal sealed class SecurityFacts
{
    private List<(string Act, string Scheme)>? _done;
    private AuthorizationHandlerContext? _asked;
    private AuthorizationHandlerContext? _deniedBefore;

    /// <summary>How many schemes are examining the request right now: a sign-out in between is a revocation.</summary>
    public int SchemesExamining { get; set; }

    /// <summary>The session whose ticket is being examined, before the application may reject it.</summary>
    public string? ExaminedSessionId { get; set; }

    /// <summary>The id of the session, from its ticket.</summary>
    public string? SessionId { get; set; }

    /// <summary>The scheme of the session.</summary>
    public string? SessionScheme { get; set; }

    /// <summary>Whether the request has valid API credentials.</summary>
    public bool IsApiCall { get; set; }

    /// <summary>Whether a scheme accepted the credentials of this call.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Whether authorization has run: credentials accepted later can no longer be refused.</summary>
    public bool IsAuthorized { get; set; }

    /// <summary>Accepted credentials, recorded once authorization has not refused the call.</summary>
    public List<AcceptedCredentials> Accepted { get; } = [];

    /// <summary>Refused credentials, of which at most one is recorded: another scheme may accept them.</summary>
    public List<RefusedCredentials> Refused { get; } = [];

    /// <summary>The user whose refresh token the request brought.</summary>
    public string? RefreshedUserId { get; set; }

    /// <summary>Whether refused credentials were recorded.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Why a required record of this request could not be stored; the request is then refused, whatever the application answers.</summary>
    public AuditWriteException? Unrecorded { get; set; }

    /// <summary>The cookies that sign the user out. They are sent even if the request is refused: the audit trail must not keep anyone signed in.</summary>
    public string?[] SignOutCookies { get; set; } = [];

    /// <summary>Whether denied access was recorded.</summary>
    public bool IsDenied { get; set; }

    /// <summary>Whether the response denies access: by 401 or 403, or by a redirect to the sign-in page.</summary>
    public bool IsTurnedAway { get; set; }

    /// <summary>The last authorization check that failed.</summary>
    public AuthorizationHandlerContext? Denied => _asked is { HasSucceeded: false } ? _asked : _deniedBefore;

    public static SecurityFacts Of(HttpContext context)
    {
        if (context.Features.Get<SecurityFacts>() is { } known) return known;
        var facts = new SecurityFacts();
        context.Features.Set(facts);
        return facts;
    }

    /// <summary>Whether an act happens for the first time in this request.</summary>
    public bool IsFirst(string act, string scheme)
    {
        _done ??= [];
        if (_done.Contains((act, scheme))) return false;
        _done.Add((act, scheme));
        return true;
    }

    /// <summary>Keeps an authorization check, whose handlers have yet to complete it.</summary>
    public void Ask(AuthorizationHandlerContext question)
    {
        _deniedBefore = Denied;
        _asked = question;
    }
}

/// <summary>Credentials of a call that a scheme accepted.</summary>
internal sealed record AcceptedCredentials(string Scheme, AuditSchemeKind Kind, AuthenticationTicket Ticket);

/// <summary>Credentials of a call that a scheme refused.</summary>
internal sealed record RefusedCredentials(string Scheme, AuditSchemeKind Kind, Exception Failure);
