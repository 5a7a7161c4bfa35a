using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Context;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.AspNetCore.Identity;

/// <summary>The records of sign-ins that came to nothing.</summary>
internal sealed class FailedSignIns<TUser>(UserManager<TUser> users, SecurityTrail trail) where TUser : class
{
    public async Task Password(TUser? user, string? typedLogin, SignInResult result)
    {
        if (user is null)
        {
            trail.Write("user-failed-login", () => UserAudit.LoginFailed(typedLogin ?? "", "Unknown user"));
            return;
        }
        if (await AccountRefused(user, result).ConfigureAwait(false)) return;
        string login = typedLogin ?? await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "";
        int failed = users.SupportsUserLockout ? await users.GetAccessFailedCountAsync(user).ConfigureAwait(false) : 0;
        trail.Write("user-failed-login", () => UserAudit.LoginFailed(login, failed > 0 ? $"Wrong password, failed attempt {failed}" : "Wrong password"));
    }

    /// <summary>Who is unknown is no failure: that is how somebody comes for the first time.</summary>
    public Task External(TUser? user, SignInResult result) => user is null ? Task.CompletedTask : AccountRefused(user, result);

    public async Task Factor(TUser? user, string factor, SignInResult result)
    {
        if (user is null)
        {
            trail.Write("mfa-failed", () => FactorAudit.Failed("", "", factor, "no-first-step"));
            return;
        }
        if (await AccountRefused(user, result).ConfigureAwait(false)) return;
        (string id, string login) = (await users.GetUserIdAsync(user).ConfigureAwait(false), await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "");
        trail.Write("mfa-failed", () => FactorAudit.Failed(id, login, factor, "wrong-code"));
    }

    public Task Passkey(SignInResult result)
    {
        string comment = result.IsLockedOut || result.IsNotAllowed ? "The account of the passkey may not be used" : "The passkey was refused";
        trail.Write("user-failed-login", () => UserAudit.LoginFailed("", comment));
        return Task.CompletedTask;
    }

    public void Error(string login, Exception failure, HttpContext context, string secret)
    {
        string type = failure.GetType().Name;
        trail.Write("user-failed-login-error", () => SignInAudit.Error(login, type, FailureText.Of(failure, secret), TraceId.Of(context)));
    }

    private async Task<bool> AccountRefused(TUser user, SignInResult result)
    {
        if (!result.IsLockedOut && !result.IsNotAllowed) return false;
        (string id, string login) = (await users.GetUserIdAsync(user).ConfigureAwait(false), await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "");
        DateTimeOffset? until = result.IsLockedOut ? await users.GetLockoutEndDateAsync(user).ConfigureAwait(false) : null;
        string reason = until is not { } end ? "not-allowed" : LockoutEnd.IsDisabled(end, users.Options) ? "disabled" : "locked-out";
        trail.Write("user-failed-login-disabled", () => SignInAudit.Disabled(id, login, reason, until));
        return true;
    }
}
