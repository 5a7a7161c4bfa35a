using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>An application's own basic authentication handler: accepts every user with the password <c>right</c>.</summary>
internal sealed class BasicHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.Ordinal)) return Task.FromResult(AuthenticateResult.NoResult());
        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':', 2);
        if (parts is not [var login, "right-secret"]) return Task.FromResult(AuthenticateResult.Fail($"Wrong: {header}"));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "22"), new Claim(ClaimTypes.Name, login)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
