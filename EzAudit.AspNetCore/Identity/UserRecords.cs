using System.Buffers.Text;
using System.Security.Claims;
using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Context;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Identity;

/// <summary>The records of what is done to users.</summary>
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

    // Those that want a role's id, which takes a question to the store.
    private static readonly string[] RoleFunctions = ["group-user-add", "group-user-remove", "role-assign", "role-unassign"];

    /// <summary>Whether a new passkey is to be told from one that is there already.</summary>
    public bool WritesPasskeys => trail.Writes("passkey-add");

    public async Task Created(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string? email = users.SupportsUserEmail ? await users.GetEmailAsync(user).ConfigureAwait(false) : null;
        trail.Write("user-create", () => AccountAudit.Create(id, login, email));
    }

    public async Task Deleted(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("user-delete", () => AccountAudit.Delete(id, login));
    }

    public async Task PasswordChanged(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string? actorId = reader.ActorOf(accessor?.HttpContext?.User)?.Id;
        if (actorId is null || actorId == id) trail.Write("password-change", () => PasswordAudit.Change(id, login));
        else trail.Write("user-password-change", () => PasswordAudit.ChangeForUser(id, login));
    }

    public async Task PasswordNotChanged(TUser user, IEnumerable<IdentityError> errors)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("password-change-failed", () => PasswordAudit.ChangeFailed(id, login, Codes(errors)));
    }

    public async Task ResetRequested(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("password-reset-request", () => PasswordAudit.RequestReset(id, login, options.Value.PasswordResetDelivery));
    }

    public async Task PasswordReset(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("password-reset", () => PasswordAudit.Reset(id, login));
    }

    public async Task PasswordNotReset(TUser user, string token, IEnumerable<IdentityError> errors)
    {
        bool isTokenRefused = errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken));
        if (isTokenRefused && await resetTokens.IssuedIfExpired(users, user, token).ConfigureAwait(false) is { } issued)
        {
            (string id, string login) = await Of(user).ConfigureAwait(false);
            trail.Write("password-reset-expired", () => PasswordAudit.ResetExpired(id, login, issued, resetTokens.Lifetime));
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
        trail.Write("group-user-add", () => GroupAudit.AddUser(roleId, role, id, login));
        trail.Write("role-assign", () => RoleAudit.Assign(roleId, role, id, login));
    }

    public async Task RemovedFromRole(TUser user, string role)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        string roleId = await IdOf(role).ConfigureAwait(false);
        trail.Write("group-user-remove", () => GroupAudit.RemoveUser(roleId, role, id, login));
        trail.Write("role-unassign", () => RoleAdministrationAudit.Unassign(roleId, role, id, login));
    }

    /// <summary>Several roles at once: one record of them all, and eZ Publish's of each.</summary>
    public async Task AddedToRoles(TUser user, IReadOnlyList<string> roles)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        bool isFolded = trail.Writes("user-groups-set");
        trail.Write("user-groups-set", () => AccountAudit.SetGroups(id, login, roles, []));
        foreach (string role in roles)
        {
            string roleId = await IdOf(role).ConfigureAwait(false);
            if (!isFolded) trail.Write("group-user-add", () => GroupAudit.AddUser(roleId, role, id, login));
            trail.Write("role-assign", () => RoleAudit.Assign(roleId, role, id, login));
        }
    }

    /// <inheritdoc cref="AddedToRoles"/>
    public async Task RemovedFromRoles(TUser user, IReadOnlyList<string> roles)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        bool isFolded = trail.Writes("user-groups-set");
        trail.Write("user-groups-set", () => AccountAudit.SetGroups(id, login, [], roles));
        foreach (string role in roles)
        {
            string roleId = await IdOf(role).ConfigureAwait(false);
            if (!isFolded) trail.Write("group-user-remove", () => GroupAudit.RemoveUser(roleId, role, id, login));
            trail.Write("role-unassign", () => RoleAdministrationAudit.Unassign(roleId, role, id, login));
        }
    }

    public async Task PermissionsSet(TUser user, IEnumerable<Claim> granted, IEnumerable<Claim> revoked)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("user-permissions-set", () => PermissionAudit.SetForUser(id, login, granted.Select(ClaimText.Of), revoked.Select(ClaimText.Of)));
    }

    public async Task FactorSet(TUser user, bool isEnabled)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        if (isEnabled) trail.Write("mfa-enable", () => FactorAudit.Enable(id, login, Factor));
        else trail.Write("mfa-disable", () => FactorAudit.Disable(id, login, Factor));
    }

    public async Task RecoveryCodeUsed(TUser user)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        int left = await users.CountRecoveryCodesAsync(user).ConfigureAwait(false);
        trail.Write("recovery-code-use", () => FactorAudit.UseRecoveryCode(id, login, left));
    }

    public async Task PasskeyAdded(TUser user, UserPasskeyInfo passkey)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("passkey-add", () => FactorAudit.AddPasskey(id, login, Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? ""));
    }

    public async Task PasskeyRemoved(TUser user, byte[] credentialId, string? name)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        trail.Write("passkey-remove", () => FactorAudit.RemovePasskey(id, login, Base64Url.EncodeToString(credentialId), name ?? ""));
    }

    public async Task AccessFailed(TUser user, int failedAttempts)
    {
        if (!await users.IsLockedOutAsync(user).ConfigureAwait(false)) return;
        (string id, string login) = await Of(user).ConfigureAwait(false);
        DateTimeOffset until = await users.GetLockoutEndDateAsync(user).ConfigureAwait(false) ?? default;
        trail.Write("user-lockout", () => AccountAudit.Lockout(id, login, until, failedAttempts));
    }

    /// <summary>Lockout was set by hand: an account was disabled, enabled, or opened after a lockout by failed attempts.</summary>
    public async Task LockoutSet(TUser user, DateTimeOffset? before)
    {
        (string id, string login) = await Of(user).ConfigureAwait(false);
        if (await users.IsLockedOutAsync(user).ConfigureAwait(false))
        {
            DateTimeOffset? until = await users.GetLockoutEndDateAsync(user).ConfigureAwait(false);
            trail.Write("user-disable", () => AccountAudit.Disable(id, login, "lockout set", until));
        }
        else if (before is { } end)
        {
            if (LockoutEnd.IsDisabled(end, users.Options)) trail.Write("user-enable", () => AccountAudit.Enable(id, login));
            else trail.Write("user-unlock", () => AccountAudit.Unlock(id, login));
        }
    }

    private async Task<(string Id, string Login)> Of(TUser user) =>
        (await users.GetUserIdAsync(user).ConfigureAwait(false), await users.GetUserNameAsync(user).ConfigureAwait(false) ?? "");

    private async Task<string> IdOf(string role) => (roleIds is not null && RoleFunctions.Any(trail.Writes) ? await roleIds.FindAsync(role).ConfigureAwait(false) : null) ?? role;

    private static string Codes(IEnumerable<IdentityError> errors) => string.Join(", ", errors.Select(error => error.Code));
}
