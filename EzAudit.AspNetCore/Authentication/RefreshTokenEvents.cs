using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Detects a request with a refresh token, such as <c>/refresh</c> of <c>MapIdentityApi</c>: the token that it receives is not a sign-in.</summary>
internal sealed class RefreshTokenEvents(OriginReader reader) : IPostConfigureOptions<BearerTokenOptions>
{
    public void PostConfigure(string? name, BearerTokenOptions options) => options.RefreshTokenProtector = new Observer(options.RefreshTokenProtector, reader);

    private sealed class Observer(ISecureDataFormat<AuthenticationTicket> inner, OriginReader reader) : ISecureDataFormat<AuthenticationTicket>
    {
        public string Protect(AuthenticationTicket data) => inner.Protect(data);

        public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

        public AuthenticationTicket? Unprotect(string? protectedText) => Observe(inner.Unprotect(protectedText));

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Observe(inner.Unprotect(protectedText, purpose));

        private AuthenticationTicket? Observe(AuthenticationTicket? ticket)
        {
            if (ticket is not null && AuditContext.Origin is RequestOrigin { Request: { } http }) SecurityFacts.Of(http).RefreshedUserId = reader.UserOf(ticket.Principal).Id;
            return ticket;
        }
    }
}
