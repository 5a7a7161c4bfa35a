using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>Knows the session that a request belongs to. Registered as a service; the first one that gives an id counts.</summary>
internal interface IRequestSession
{
    /// <summary>The id as it is; <see langword="null"/> when it is not known. Called by any thread while the request lasts, for each record.</summary>
    string? SessionIdOf(HttpContext context);
}
