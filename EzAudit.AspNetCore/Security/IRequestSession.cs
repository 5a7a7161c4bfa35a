using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>Finds the session of a request. Registered as a service; the first one that returns an id counts.</summary>
internal interface IRequestSession
{
    /// <summary>The raw session id; <see langword="null"/> if unknown. Called for each record, on any thread, while the request lasts.</summary>
    string? SessionIdOf(HttpContext context);
}
