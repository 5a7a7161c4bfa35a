using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Identity;

/// <summary>
/// Identity's sign-in manager, which records failed sign-ins with their reason. Successful ones are recorded where the cookie or token is
/// issued, whichever code issues it. An application with its own manager derives it from this one.
/// </summary>
public class AuditedSignInManager<TUser> : SignInManager<TUser> where TUser : class
{
    private readonly FailedSignIns<TUser> _failed;
    private bool _isAttempting;

    /// <inheritdoc cref="SignInManager{TUser}"/>
    public AuditedSignInManager(
        UserManager<TUser> userManager,
        IHttpContextAccessor contextAccessor,
        IUserClaimsPrincipalFactory<TUser> claimsFactory,
        IOptions<IdentityOptions> optionsAccessor,
        ILogger<SignInManager<TUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<TUser> confirmation,
        IServiceProvider services)
        : base(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
    {
        _failed = ActivatorUtilities.CreateInstance<FailedSignIns<TUser>>(services, userManager);
    }

    /// <inheritdoc/>
    public override Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure) => Attempt(
        () => base.PasswordSignInAsync(userName, password, isPersistent, lockoutOnFailure),
        async result => await _failed.Password(await UserManager.FindByNameAsync(userName).ConfigureAwait(false), userName, result).ConfigureAwait(false),
        () => Task.FromResult(userName),
        password);

    /// <inheritdoc/>
    public override Task<SignInResult> PasswordSignInAsync(TUser user, string password, bool isPersistent, bool lockoutOnFailure) => Attempt(
        () => base.PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure), result => _failed.Password(user, null, result), () => LoginOf(user), password);

    /// <inheritdoc/>
    public override Task<SignInResult> CheckPasswordSignInAsync(TUser user, string password, bool lockoutOnFailure) => Attempt(
        () => base.CheckPasswordSignInAsync(user, password, lockoutOnFailure), result => _failed.Password(user, null, result), () => LoginOf(user), password);

    /// <inheritdoc/>
    public override Task<SignInResult> ExternalLoginSignInAsync(string loginProvider, string providerKey, bool isPersistent, bool bypassTwoFactor) => Attempt(
        () => base.ExternalLoginSignInAsync(loginProvider, providerKey, isPersistent, bypassTwoFactor),
        async result => await _failed.External(await UserManager.FindByLoginAsync(loginProvider, providerKey).ConfigureAwait(false), result).ConfigureAwait(false),
        async () => await UserManager.FindByLoginAsync(loginProvider, providerKey).ConfigureAwait(false) is { } user ? await LoginOf(user).ConfigureAwait(false) : "",
        providerKey);

    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        AttemptFactor("authenticator", code, () => base.TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient));

    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        AttemptFactor(provider, code, () => base.TwoFactorSignInAsync(provider, code, isPersistent, rememberClient));

    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        AttemptFactor("recovery code", recoveryCode, () => base.TwoFactorRecoveryCodeSignInAsync(recoveryCode));

    /// <inheritdoc/>
    public override Task<SignInResult> PasskeySignInAsync(string credentialJson) => Attempt(
        () => base.PasskeySignInAsync(credentialJson), _failed.Passkey, () => Task.FromResult(""), credentialJson);

    private async Task<SignInResult> AttemptFactor(string factor, string code, Func<Task<SignInResult>> signIn)
    {
        // Read it first: afterwards the cookie that identifies the user of the second step may be gone.
        TUser? user = await GetTwoFactorAuthenticationUserAsync().ConfigureAwait(false);
        return await Attempt(
            signIn, result => _failed.Factor(user, factor, result), async () => user is null ? "" : await LoginOf(user).ConfigureAwait(false), code).ConfigureAwait(false);
    }

    // The base class's methods call each other: only the outermost knows what was attempted.
    private async Task<SignInResult> Attempt(Func<Task<SignInResult>> signIn, Func<SignInResult, Task> failed, Func<Task<string>> login, string secret)
    {
        if (_isAttempting) return await signIn().ConfigureAwait(false);
        _isAttempting = true;
        try
        {
            SignInResult result = await signIn().ConfigureAwait(false);
            if (!result.Succeeded && !result.RequiresTwoFactor) await failed(result).ConfigureAwait(false);
            return result;
        }
        catch (Exception failure) when (failure is not AuditWriteException)
        {
            await _failed.Error(await login().ConfigureAwait(false), failure, Context, secret).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _isAttempting = false;
        }
    }

    private async Task<string> LoginOf(TUser user) => await UserManager.GetUserNameAsync(user).ConfigureAwait(false) ?? "";
}
