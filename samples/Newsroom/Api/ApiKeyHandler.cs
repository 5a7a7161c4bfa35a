using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Newsroom.Accounts;

namespace Newsroom.Api;

/// <summary>Authenticates a program by its API key.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeys keys,
    UserManager<Account> accounts,
    IUserClaimsPrincipalFactory<Account> principals) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Api-Key";

    /// <summary>The claim with the key's id. The audit trail looks for it under this name.</summary>
    private const string KeyIdClaim = "key_id";

    public new const string Scheme = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } text) return AuthenticateResult.NoResult();
        if (await keys.FindAsync(text) is not { } key) return AuthenticateResult.Fail("The key is unknown.");
        if (key.IsRevoked) return AuthenticateResult.Fail("The key is revoked.");
        Account? account = await accounts.FindByIdAsync(key.AccountId.ToString(CultureInfo.InvariantCulture));
        if (account is null || await accounts.IsLockedOutAsync(account)) return AuthenticateResult.Fail("The account is disabled.");
        ClaimsPrincipal principal = await principals.CreateAsync(account);
        principal.Identities.First().AddClaim(new Claim(KeyIdClaim, key.Id.ToString(CultureInfo.InvariantCulture)));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));
    }
}
