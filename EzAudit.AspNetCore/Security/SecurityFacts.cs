using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>What one request has shown and put on record so far, so that nothing is put there twice.</summary>
internal sealed class SecurityFacts
{
    private List<(string Act, string Scheme)>? _done;
    private AuthorizationHandlerContext? _asked;
    private AuthorizationHandlerContext? _deniedBefore;

    /// <summary>How many schemes are looking at the request right now: who signs out meanwhile, revokes.</summary>
    public int Looking { get; set; }

    /// <summary>The session whose ticket is being looked at, before the application may reject it.</summary>
    public string? ExaminedSessionId { get; set; }

    /// <summary>The id of the session, as its ticket has it.</summary>
    public string? SessionId { get; set; }

    /// <summary>The scheme of the session.</summary>
    public string? SessionScheme { get; set; }

    /// <summary>Whether the request brought credentials as calls of APIs do, and they were good.</summary>
    public bool IsApiCall { get; set; }

    /// <summary>Whether a scheme took the credentials of this call.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Whether authorization has answered: what is accepted later is not refused any more.</summary>
    public bool IsAuthorized { get; set; }

    /// <summary>Credentials that a scheme took, which are recorded when authorization has not refused the call.</summary>
    public List<AcceptedCredentials> Accepted { get; } = [];

    /// <summary>Credentials that a scheme did not take, of which at most one is recorded: another scheme may take them.</summary>
    public List<RefusedCredentials> Refused { get; } = [];

    /// <summary>The user whose refresh token the request brought.</summary>
    public string? RefreshedUserId { get; set; }

    /// <summary>Whether credentials were refused, and that is on record.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Why a record of this request could not be stored that the settings require; the request is refused then, whatever the application answers.</summary>
    public AuditWriteException? Unrecorded { get; set; }

    /// <summary>The cookies that sign the user out. They are sent even where the request is refused: nobody stays signed in because of the audit trail.</summary>
    public string?[] SignOutCookies { get; set; } = [];

    /// <summary>Whether access was denied, and that is on record.</summary>
    public bool IsDenied { get; set; }

    /// <summary>Whether the answer keeps its reader out: by 401 or 403, or by a redirect to the sign-in page.</summary>
    public bool IsTurnedAway { get; set; }

    /// <summary>What was asked of authorization last and got no for an answer.</summary>
    public AuthorizationHandlerContext? Denied => _asked is { HasSucceeded: false } ? _asked : _deniedBefore;

    public static SecurityFacts Of(HttpContext context)
    {
        if (context.Features.Get<SecurityFacts>() is { } known) return known;
        var facts = new SecurityFacts();
        context.Features.Set(facts);
        return facts;
    }

    /// <summary>Whether this is the first time for an act in this request.</summary>
    public bool IsFirst(string act, string scheme)
    {
        _done ??= [];
        if (_done.Contains((act, scheme))) return false;
        _done.Add((act, scheme));
        return true;
    }

    /// <summary>Keeps a question to authorization. Its handlers go on with it: what they answer shows later.</summary>
    public void Ask(AuthorizationHandlerContext question)
    {
        _deniedBefore = Denied;
        _asked = question;
    }
}
