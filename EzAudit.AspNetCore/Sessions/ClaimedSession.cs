using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Reads the session that an OpenID provider put into the ticket: the claim <c>sid</c>.</summary>
internal sealed class ClaimedSession : IRequestSession
{
    public string? SessionIdOf(HttpContext context) => context.Features.Get<IHttpAuthenticationFeature>()?.User?.FindFirst("sid")?.Value;
}
