using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Reads the session that began with the sign-in of the request's cookie.</summary>
internal sealed class TicketSession : IRequestSession
{
    public string? SessionIdOf(HttpContext context) => context.Features.Get<SecurityFacts>()?.SessionId;
}
