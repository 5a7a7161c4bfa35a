using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>An application's own API key handler, as many have one: it reads the header <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Key = "key-0123456789-secret";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? given = Request.Headers["X-Api-Key"];
        if (given is null) return Task.FromResult(AuthenticateResult.NoResult());
        if (given != Key) return Task.FromResult(AuthenticateResult.Fail($"Unknown key {given}"));
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, "21"), new Claim(ClaimTypes.Name, "partner"), new Claim("key_id", "k1")], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
