using System.Buffers.Text;
using System.Security.Claims;
using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Writes the records of changes to users.</summary>
internal sealed class UserRecords<TUser>(
    UserManager<TUser> users,
    SecurityTrail trail,
    IOptions<AuditAuthenticationOptions> options,
    ResetTokens<TUser> resetTokens,
    OriginReader reader,
    IHttpContextAccessor? accessor = null,
    IRoleIds? roleIds = null) where TUser : class
{
    private const string Factor = "two-factor sign-in";
    private static readonly string[] NoRoles = [];

    // These functions need the role's id, which costs a query.
    private static readonly string[] RoleFunctions = ["group-user-add", "group-user-remove", "role-assign", "role-unassign"];

    /// <summary>Whether a new passkey must be told apart from an existing one.</summary>
    public bool WritesPasskeys => trail.Writes("passkey-add");

    public async Task Created(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string? email = users.SupportsUserEmail ? await users.GetEmailAsync(user).ConfigureAwait(false) : null;
        await trail.WriteAsync("user-create", id, login, email).ConfigureAwait(false);
    }

    public async Task Deleted(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("user-delete", id, login).ConfigureAwait(false);
    }

    public async Task PasswordChanged(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string? actorId = reader.ActorOf(accessor?.HttpContext?.User)?.Id;
        if (actorId is null || actorId == id) await trail.WriteAsync("password-change", id, login).ConfigureAwait(false);
        else await trail.WriteAsync("user-password-change", id, login).ConfigureAwait(false);
    }

    public async Task PasswordNotChanged(TUser user, IEnumerable<IdentityError> errors)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("password-change-failed", id, login, Codes(errors)).ConfigureAwait(false);
    }

    public async Task ResetRequested(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("password-reset-request", id, login, options.Value.PasswordResetDelivery).ConfigureAwait(false);
    }

    public async Task PasswordReset(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("password-reset", id, login).ConfigureAwait(false);
    }

    public async Task PasswordNotReset(TUser user, string token, IEnumerable<IdentityError> errors)
    {
        bool isTokenRefused = errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken));
        if (isTokenRefused && await resetTokens.IssuedIfExpired(users, user, token).ConfigureAwait(false) is { } issued)
        {
            (string id, string login) = await Of(user).ConfigureAwait(false);
            await trail.WriteAsync("password-reset-expired", id, login, issued, resetTokens.Lifetime).ConfigureAwait(false);
        }
        else
        {
            await PasswordNotChanged(user, errors).ConfigureAwait(false);
        }
    }

    public async Task AddedToRole(TUser user, string role)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string roleId = await IdOf(role).ConfigureAwait(false);
        await trail.WriteAsync("group-user-add", roleId, role, id, login).ConfigureAwait(false);
        await trail.WriteAsync("role-assign", roleId, role, id, login, "Assigned the role to the user or group").ConfigureAwait(false);
    }

    public async Task RemovedFromRole(TUser user, string role)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string roleId = await IdOf(role).ConfigureAwait(false);
        await trail.WriteAsync("group-user-remove", roleId, role, id, login).ConfigureAwait(false);
        await trail.WriteAsync("role-unassign", roleId, role, id, login, "Took the role from the user or group").ConfigureAwait(false);
    }

    /// <summary>Records several roles added or removed at once: one record for all, and eZ Publish's record for each.</summary>
    public async Task AddedToRoles(TUser user, IReadOnlyList<string> roles)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        bool isFolded = trail.Writes("user-groups-set");
        await trail.WriteAsync("user-groups-set", id, login, roles, NoRoles).ConfigureAwait(false);
        foreach (string role in roles)
        {
            string roleId = await IdOf(role).ConfigureAwait(false);
            if (!isFolded) await trail.WriteAsync("group-user-add", roleId, role, id, login).ConfigureAwait(false);
            await trail.WriteAsync("role-assign", roleId, role, id, login, "Assigned the role to the user or group").ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="AddedToRoles"/>
    public async Task RemovedFromRoles(TUser user, IReadOnlyList<string> roles)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        bool isFolded = trail.Writes("user-groups-set");
        await trail.WriteAsync("user-groups-set", id, login, NoRoles, roles).ConfigureAwait(false);
        foreach (string role in roles)
        {
            string roleId = await IdOf(role).ConfigureAwait(false);
            if (!isFolded) await trail.WriteAsync("group-user-remove", roleId, role, id, login).ConfigureAwait(false);
            await trail.WriteAsync("role-unassign", roleId, role, id, login, "Took the role from the user or group").ConfigureAwait(false);
        }
    }

    public async Task PermissionsSet(TUser user, IEnumerable<Claim> granted, IEnumerable<Claim> revoked)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("user-permissions-set", id, login, granted.Select(ClaimText.Of), revoked.Select(ClaimText.Of)).ConfigureAwait(false);
    }

    public async Task FactorSet(TUser user, bool isEnabled)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        if (isEnabled) await trail.WriteAsync("mfa-enable", id, login, Factor).ConfigureAwait(false);
        else await trail.WriteAsync("mfa-disable", id, login, Factor).ConfigureAwait(false);
    }

    public async Task RecoveryCodeUsed(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        int left = await users.CountRecoveryCodesAsync(user).ConfigureAwait(false);
        await trail.WriteAsync("recovery-code-use", id, login, left).ConfigureAwait(false);
    }

    public async Task PasskeyAdded(TUser user, UserPasskeyInfo passkey)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("passkey-add", id, login, Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "").ConfigureAwait(false);
    }

    public async Task PasskeyRemoved(TUser user, byte[] credentialId, string? name)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        await trail.WriteAsync("passkey-remove", id, login, Base64Url.EncodeToString(credentialId), name ?? "").ConfigureAwait(false);
    }

    public async Task AccessFailed(TUser user, int failedAttempts)
    {
        if (!await users.IsLockedOutAsync(user).ConfigureAwait(false)) return;
        (string id, string login) = await Of(user).ConfigureAwait(false);
        DateTimeOffset until = await users.GetLockoutEndDateAsync(user).ConfigureAwait(false) ?? default;
        await trail.WriteAsync("user-lockout", id, login, until, failedAttempts).ConfigureAwait(false);
    }

    /// <summary>Records a lockout set by hand: an account was disabled, enabled, or unlocked after failed attempts.</summary>
    public async Task LockoutSet(TUser user, DateTimeOffset? before)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        if (await users.IsLockedOutAsync(user).ConfigureAwait(false))
        {
            DateTimeOffset? until = await users.GetLockoutEndDateAsync(user).ConfigureAwait(false);
            await trail.WriteAsync("user-disable", id, login, until, "lockout set").ConfigureAwait(false);
        }
        else if (before is { } end)
        {
            if (LockoutEnd.IsDisabled(end, users.Options)) await trail.WriteAsync("user-enable", id, login).ConfigureAwait(false);
            else await trail.WriteAsync("user-unlock", id, login).ConfigureAwait(false);
        }
    }

    private async Task<(string Id, string Login)> Of(TUser user) =>
        (await users.GetUserIdAsync(user).ConfigureAwait(false), await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "");

    private async Task<string> IdOf(string role) => (roleIds is not null && RoleFunctions.Any(trail.Writes) ? await roleIds.FindAsync(role).ConfigureAwait(false) : null) ?? role;

    private static string Codes(IEnumerable<IdentityError> errors) => string.Join(", ", errors.Select(error => error.Code));
}

/// <summary>Formats a claim, Identity's form of a permission, for records.</summary>
internal static class ClaimText
{
    public static string Of(Claim claim) => $"{claim.Type}={claim.Value}";
}

/// <summary>Infers from the end of a lockout whether failed attempts or a person locked the account: Identity has one field for both.</summary>
internal static class LockoutEnd
{
    // A near end could come from either; an end that failed attempts cannot reach was set by hand. Identity sets and judges it by the system's
    // clock (UserManager of .NET 10 takes no TimeProvider), so it is compared with that clock, not with the audit trail's.
    public static bool IsDisabled(DateTimeOffset end, IdentityOptions options) =>
        end - TimeProvider.System.GetUtcNow() > options.Lockout.DefaultLockoutTimeSpan;
}
