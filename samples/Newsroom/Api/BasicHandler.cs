using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Newsroom.Accounts;

namespace Newsroom.Api;

/// <summary>Authenticates a program by login and password (RFC 7617).</summary>
internal sealed class BasicHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    UserManager<Account> accounts,
    IUserClaimsPrincipalFactory<Account> principals) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Basic";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out AuthenticationHeaderValue? header) || header.Scheme != Scheme)
            return AuthenticateResult.NoResult();
        if (!TryRead(header.Parameter, out string login, out string password)) return AuthenticateResult.Fail("The header cannot be read.");
        if (await accounts.FindByNameAsync(login) is not { } account) return AuthenticateResult.Fail("Login or password is wrong.");
        if (await accounts.IsLockedOutAsync(account)) return AuthenticateResult.Fail("The account is disabled.");
        if (!await accounts.CheckPasswordAsync(account, password))
        {
            await accounts.AccessFailedAsync(account);
            return AuthenticateResult.Fail("Login or password is wrong.");
        }
        return AuthenticateResult.Success(new AuthenticationTicket(await principals.CreateAsync(account), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"Newsroom\", charset=\"UTF-8\"";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static bool TryRead(string? parameter, out string login, out string password)
    {
        (login, password) = ("", "");
        byte[] bytes = new byte[parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(parameter ?? "", bytes, out int length)) return false;
        string[] parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        if (parts.Length != 2) return false;
        (login, password) = (parts[0], parts[1]);
        return true;
    }
}
