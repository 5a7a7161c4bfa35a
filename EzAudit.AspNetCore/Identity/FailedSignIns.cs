using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Records failed sign-ins.</summary>
internal sealed class FailedSignIns<TUser>(UserManager<TUser> users, SecurityTrail trail) where TUser : class
{
    public async Task Password(TUser? user, string? typedLogin, SignInResult result)
    {
        if (user is null)
        {
            await trail.WriteAsync("user-failed-login", typedLogin ?? "", "Unknown user").ConfigureAwait(false);
            return;
        }
        if (await AccountRefused(user, result).ConfigureAwait(false)) return;
        string login = typedLogin ?? await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "";
        int failed = users.SupportsUserLockout ? await users.GetAccessFailedCountAsync(user).ConfigureAwait(false) : 0;
        await trail.WriteAsync("user-failed-login", login, failed > 0 ? $"Wrong password, failed attempt {failed}" : "Wrong password").ConfigureAwait(false);
    }

    /// <summary>An unknown user is not a failure here: a first sign-in through a provider has no account yet.</summary>
    public Task External(TUser? user, SignInResult result) => user is null ? Task.CompletedTask : AccountRefused(user, result);

    public async Task Factor(TUser? user, string factor, SignInResult result)
    {
        if (user is null)
        {
            await trail.WriteAsync("mfa-failed", "", "", factor, "no-first-step").ConfigureAwait(false);
            return;
        }
        if (await AccountRefused(user, result).ConfigureAwait(false)) return;
        (string id, string login) = (await users.GetUserIdAsync(user).ConfigureAwait(false), await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "");
        await trail.WriteAsync("mfa-failed", id, login, factor, "wrong-code").ConfigureAwait(false);
    }

    public async Task Passkey(SignInResult result)
    {
        string comment = result.IsLockedOut || result.IsNotAllowed ? "The account of the passkey may not be used" : "The passkey was refused";
        await trail.WriteAsync("user-failed-login", "", comment).ConfigureAwait(false);
    }

    public async Task Error(string login, Exception failure, HttpContext context, string secret)
    {
        string type = failure.GetType().Name;
        await trail.WriteAsync("user-failed-login-error", login, type, FailureText.Of(failure, secret), TraceId.Of(context)).ConfigureAwait(false);
    }

    private async Task<bool> AccountRefused(TUser user, SignInResult result)
    {
        if (!result.IsLockedOut && !result.IsNotAllowed) return false;
        (string id, string login) = (await users.GetUserIdAsync(user).ConfigureAwait(false), await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "");
        DateTimeOffset? until = result.IsLockedOut ? await users.GetLockoutEndDateAsync(user).ConfigureAwait(false) : null;
        string reason = until is not { } end ? "not-allowed" : LockoutEnd.IsDisabled(end, users.Options) ? "disabled" : "locked-out";
        await trail.WriteAsync("user-failed-login-disabled", id, login, reason, until).ConfigureAwait(false);
        return true;
    }
}
