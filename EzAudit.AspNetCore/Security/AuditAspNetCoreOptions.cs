using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>Options for request capture that are set in code; audit.ini says what is recorded.</summary>
public sealed class AuditAspNetCoreOptions
{
    /// <summary>The claim types that hold the actor's login; the first match counts. Empty by default: then the identity's name is used.</summary>
    public IList<string> LoginClaims { get; } = [];

    /// <summary>The claim types that hold the actor's stable id; the first match counts.</summary>
    public IList<string> IdClaims { get; } = [ClaimTypes.NameIdentifier, "sub"];

    /// <summary>
    /// Returns the id of a request's session, such as <c>context =&gt; context.Session.Id</c>. <see langword="null"/> by default: then the session that
    /// began with the sign-in is used, if any. Called for each record; may return <see langword="null"/>.
    /// </summary>
    public Func<HttpContext, string?>? SessionId { get; set; }

    /// <summary>
    /// Whether records hold a digest of the session id instead of the id; true by default. The digest is stable within a session, and a reader of
    /// the records cannot use it to take over the session.
    /// </summary>
    public bool HashesSessionIds { get; set; } = true;
}
