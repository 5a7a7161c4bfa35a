using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Identity;

/// <summary>
/// Identity's user manager, which records what was done: accounts, passwords, roles, claims, second factors, lockout.
/// <c>IdentityBuilder.AddEzAudit()</c> replaces Identity's own with it. An application with its own manager derives it from this one.
/// </summary>
/// <remarks>
/// Records are written after the change is stored. If the record cannot be written and the settings say <c>OnFailure=fail</c>, the call throws
/// <see cref="AuditWriteException"/>: the change is stored, and the caller knows that its record is missing. Password reset tokens are the
/// exception: without a record, none is issued.
/// </remarks>
public class AuditedUserManager<TUser> : UserManager<TUser> where TUser : class
{
    private readonly UserRecords<TUser> _records;
    private int _depth;

    /// <inheritdoc cref="UserManager{TUser}"/>
    public AuditedUserManager(
        IUserStore<TUser> store,
        IOptions<IdentityOptions> optionsAccessor,
        IPasswordHasher<TUser> passwordHasher,
        IEnumerable<IUserValidator<TUser>> userValidators,
        IEnumerable<IPasswordValidator<TUser>> passwordValidators,
        ILookupNormalizer keyNormalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<TUser>> logger)
        : base(store, optionsAccessor, passwordHasher, userValidators, passwordValidators, keyNormalizer, errors, services, logger)
    {
        _records = ActivatorUtilities.CreateInstance<UserRecords<TUser>>(services, this);
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> CreateAsync(TUser user) => Then(() => base.CreateAsync(user), () => _records.Created(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> CreateAsync(TUser user, string password) =>
        Then(() => base.CreateAsync(user, password), () => _records.Created(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> DeleteAsync(TUser user) => Then(() => base.DeleteAsync(user), () => _records.Deleted(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> ChangePasswordAsync(TUser user, string currentPassword, string newPassword) => Then(
        () => base.ChangePasswordAsync(user, currentPassword, newPassword), () => _records.PasswordChanged(user), errors => _records.PasswordNotChanged(user, errors));

    /// <inheritdoc/>
    public override Task<IdentityResult> AddPasswordAsync(TUser user, string password) => Then(
        () => base.AddPasswordAsync(user, password), () => _records.PasswordChanged(user), errors => _records.PasswordNotChanged(user, errors));

    /// <inheritdoc/>
    public override Task<IdentityResult> RemovePasswordAsync(TUser user) =>
        Then(() => base.RemovePasswordAsync(user), () => _records.PasswordChanged(user));

    /// <inheritdoc/>
    public override async Task<string> GeneratePasswordResetTokenAsync(TUser user)
    {
        string token = await base.GeneratePasswordResetTokenAsync(user).ConfigureAwait(false);
        await _records.ResetRequested(user).ConfigureAwait(false);
        return token;
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> ResetPasswordAsync(TUser user, string token, string newPassword) => Then(
        () => base.ResetPasswordAsync(user, token, newPassword), () => _records.PasswordReset(user), errors => _records.PasswordNotReset(user, token, errors));

    /// <inheritdoc/>
    public override Task<IdentityResult> AddToRoleAsync(TUser user, string role) =>
        Then(() => base.AddToRoleAsync(user, role), () => _records.AddedToRole(user, role));

    /// <inheritdoc/>
    public override Task<IdentityResult> AddToRolesAsync(TUser user, IEnumerable<string> roles)
    {
        List<string> names = [.. roles];
        return Then(() => base.AddToRolesAsync(user, names), () => _records.AddedToRoles(user, names));
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> RemoveFromRoleAsync(TUser user, string role) =>
        Then(() => base.RemoveFromRoleAsync(user, role), () => _records.RemovedFromRole(user, role));

    /// <inheritdoc/>
    public override Task<IdentityResult> RemoveFromRolesAsync(TUser user, IEnumerable<string> roles)
    {
        List<string> names = [.. roles];
        return Then(() => base.RemoveFromRolesAsync(user, names), () => _records.RemovedFromRoles(user, names));
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> AddClaimsAsync(TUser user, IEnumerable<Claim> claims)
    {
        List<Claim> granted = [.. claims];
        return Then(() => base.AddClaimsAsync(user, granted), () => _records.PermissionsSet(user, granted, []));
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> RemoveClaimsAsync(TUser user, IEnumerable<Claim> claims)
    {
        List<Claim> revoked = [.. claims];
        return Then(() => base.RemoveClaimsAsync(user, revoked), () => _records.PermissionsSet(user, [], revoked));
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> ReplaceClaimAsync(TUser user, Claim claim, Claim newClaim) =>
        Then(() => base.ReplaceClaimAsync(user, claim, newClaim), () => _records.PermissionsSet(user, [newClaim], [claim]));

    /// <inheritdoc/>
    public override async Task<IdentityResult> SetTwoFactorEnabledAsync(TUser user, bool enabled)
    {
        bool wasEnabled = await GetTwoFactorEnabledAsync(user).ConfigureAwait(false);
        return await Then(
            () => base.SetTwoFactorEnabledAsync(user, enabled),
            () => wasEnabled == enabled ? Task.CompletedTask : _records.FactorSet(user, enabled)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(TUser user, string code) =>
        Then(() => base.RedeemTwoFactorRecoveryCodeAsync(user, code), () => _records.RecoveryCodeUsed(user));

    /// <inheritdoc/>
    public override async Task<IdentityResult> AddOrUpdatePasskeyAsync(TUser user, UserPasskeyInfo passkey)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        // Each passkey sign-in stores a new counter through this method; that adds no passkey.
        bool isKnown = !_records.WritesPasskeys || await GetPasskeyAsync(user, passkey.CredentialId).ConfigureAwait(false) is not null;
        return await Then(
            () => base.AddOrUpdatePasskeyAsync(user, passkey), () => isKnown ? Task.CompletedTask : _records.PasskeyAdded(user, passkey)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> RemovePasskeyAsync(TUser user, byte[] credentialId)
    {
        UserPasskeyInfo? passkey = await GetPasskeyAsync(user, credentialId).ConfigureAwait(false);
        return await Then(() => base.RemovePasskeyAsync(user, credentialId), () => _records.PasskeyRemoved(user, credentialId, passkey?.Name)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> AccessFailedAsync(TUser user)
    {
        bool wasLockedOut = await IsLockedOutAsync(user).ConfigureAwait(false);
        int failed = await GetAccessFailedCountAsync(user).ConfigureAwait(false) + 1;
        return await Then(() => base.AccessFailedAsync(user), () => wasLockedOut ? Task.CompletedTask : _records.AccessFailed(user, failed)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> SetLockoutEndDateAsync(TUser user, DateTimeOffset? lockoutEnd)
    {
        DateTimeOffset? before = await IsLockedOutAsync(user).ConfigureAwait(false) ? await GetLockoutEndDateAsync(user).ConfigureAwait(false) : null;
        return await Then(() => base.SetLockoutEndDateAsync(user, lockoutEnd), () => _records.LockoutSet(user, before)).ConfigureAwait(false);
    }

    // Some base methods call others: only the caller's operation is recorded, not its steps.
    private async Task<IdentityResult> Then(Func<Task<IdentityResult>> act, Func<Task> succeeded, Func<IEnumerable<IdentityError>, Task>? failed = null)
    {
        _depth++;
        IdentityResult result;
        try
        {
            result = await act().ConfigureAwait(false);
        }
        finally
        {
            _depth--;
        }
        if (_depth > 0) return result;
        if (result.Succeeded) await succeeded().ConfigureAwait(false);
        else if (failed is not null) await failed(result.Errors).ConfigureAwait(false);
        return result;
    }
}
