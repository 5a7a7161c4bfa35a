using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>What code says about the capture of requests; what is recorded of them is said by audit.ini.</summary>
public sealed class AuditAspNetCoreOptions
{
    /// <summary>The types of claims that hold the actor's login; the first one found counts. At first none: then it is the identity's name.</summary>
    public IList<string> LoginClaims { get; } = [];

    /// <summary>The types of claims that hold the actor's stable id; the first one found counts.</summary>
    public IList<string> IdClaims { get; } = [ClaimTypes.NameIdentifier, "sub"];

    /// <summary>
    /// Gives the id of a request's session, such as <c>context =&gt; context.Session.Id</c>; at first <see langword="null"/>: then it is the one of the
    /// sign-in's session, if there is one. Asked for each record; may give <see langword="null"/>.
    /// </summary>
    public Func<HttpContext, string?>? SessionId { get; set; }

    /// <summary>
    /// Whether records hold a digest of the session id instead of the id; at first yes. The digest stays the same for a session, and nobody who
    /// reads it can use the session.
    /// </summary>
    public bool HashesSessionIds { get; set; } = true;
}
