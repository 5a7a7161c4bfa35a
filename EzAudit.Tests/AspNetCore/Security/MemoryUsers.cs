using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Identity's users in memory, with everything that Identity can store about them.</summary>
internal sealed class MemoryUsers(MemoryIdentity data)
    : UserStoreBase<IdentityUser, IdentityRole, string, IdentityUserClaim<string>, IdentityUserRole<string>, IdentityUserLogin<string>,
        IdentityUserToken<string>, IdentityRoleClaim<string>>(new IdentityErrorDescriber()), IUserPasskeyStore<IdentityUser>
{
    private static readonly Task<IdentityResult> Success = Task.FromResult(IdentityResult.Success);

    public override IQueryable<IdentityUser> Users => data.Users.AsQueryable();

    public override Task<IdentityResult> CreateAsync(IdentityUser user, CancellationToken cancellationToken = default)
    {
        data.Users.Add(user);
        return Success;
    }

    public override Task<IdentityResult> UpdateAsync(IdentityUser user, CancellationToken cancellationToken = default) => Success;

    public override Task<IdentityResult> DeleteAsync(IdentityUser user, CancellationToken cancellationToken = default)
    {
        data.Users.Remove(user);
        return Success;
    }

    public override Task<IdentityUser?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        FindUserAsync(userId, cancellationToken);

    public override Task<IdentityUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken = default) =>
        Task.FromResult(data.Users.SingleOrDefault(user => user.NormalizedUserName == normalizedUserName));

    public override Task<IdentityUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken = default) =>
        Task.FromResult(data.Users.SingleOrDefault(user => user.NormalizedEmail == normalizedEmail));

    public override Task<IList<Claim>> GetClaimsAsync(IdentityUser user, CancellationToken cancellationToken = default) =>
        Task.FromResult<IList<Claim>>([.. data.UserClaims.Where(claim => claim.UserId == user.Id).Select(claim => claim.ToClaim())]);

    public override Task AddClaimsAsync(IdentityUser user, IEnumerable<Claim> claims, CancellationToken cancellationToken = default)
    {
        data.UserClaims.AddRange(claims.Select(claim => CreateUserClaim(user, claim)));
        return Task.CompletedTask;
    }

    public override async Task ReplaceClaimAsync(IdentityUser user, Claim claim, Claim newClaim, CancellationToken cancellationToken = default)
    {
        await RemoveClaimsAsync(user, [claim], cancellationToken);
        await AddClaimsAsync(user, [newClaim], cancellationToken);
    }

    public override Task RemoveClaimsAsync(IdentityUser user, IEnumerable<Claim> claims, CancellationToken cancellationToken = default)
    {
        foreach (Claim claim in claims)
            data.UserClaims.RemoveAll(stored => stored.UserId == user.Id && stored.ClaimType == claim.Type && stored.ClaimValue == claim.Value);
        return Task.CompletedTask;
    }

    public override Task<IList<IdentityUser>> GetUsersForClaimAsync(Claim claim, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task AddLoginAsync(IdentityUser user, UserLoginInfo login, CancellationToken cancellationToken = default)
    {
        data.Logins.Add(CreateUserLogin(user, login));
        return Task.CompletedTask;
    }

    public override Task RemoveLoginAsync(IdentityUser user, string loginProvider, string providerKey, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<IList<UserLoginInfo>> GetLoginsAsync(IdentityUser user, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<bool> IsInRoleAsync(IdentityUser user, string normalizedRoleName, CancellationToken cancellationToken = default) =>
        Task.FromResult(data.Memberships.Any(membership => membership.UserId == user.Id && membership.RoleId == RoleOf(normalizedRoleName)?.Id));

    public override Task<IList<IdentityUser>> GetUsersInRoleAsync(string normalizedRoleName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task AddToRoleAsync(IdentityUser user, string normalizedRoleName, CancellationToken cancellationToken = default)
    {
        data.Memberships.Add(CreateUserRole(user, RoleOf(normalizedRoleName)!));
        return Task.CompletedTask;
    }

    public override Task RemoveFromRoleAsync(IdentityUser user, string normalizedRoleName, CancellationToken cancellationToken = default)
    {
        data.Memberships.RemoveAll(membership => membership.UserId == user.Id && membership.RoleId == RoleOf(normalizedRoleName)?.Id);
        return Task.CompletedTask;
    }

    public override Task<IList<string>> GetRolesAsync(IdentityUser user, CancellationToken cancellationToken = default) => Task.FromResult<IList<string>>(
        [.. data.Memberships.Where(membership => membership.UserId == user.Id).Select(membership => data.Roles.Single(role => role.Id == membership.RoleId).Name!)]);

    public Task AddOrUpdatePasskeyAsync(IdentityUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        data.Passkeys.RemoveAll(stored => stored.Passkey.CredentialId.SequenceEqual(passkey.CredentialId));
        data.Passkeys.Add((user.Id, passkey));
        return Task.CompletedTask;
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(IdentityUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. data.Passkeys.Where(stored => stored.UserId == user.Id).Select(stored => stored.Passkey)]);

    public Task<IdentityUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(data.Users.SingleOrDefault(user => data.Passkeys.Any(stored => stored.UserId == user.Id && stored.Passkey.CredentialId.SequenceEqual(credentialId))));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(IdentityUser user, byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(
        data.Passkeys.Where(stored => stored.UserId == user.Id && stored.Passkey.CredentialId.SequenceEqual(credentialId)).Select(stored => stored.Passkey).SingleOrDefault());

    public Task RemovePasskeyAsync(IdentityUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        data.Passkeys.RemoveAll(stored => stored.UserId == user.Id && stored.Passkey.CredentialId.SequenceEqual(credentialId));
        return Task.CompletedTask;
    }

    protected override Task<IdentityRole?> FindRoleAsync(string normalizedRoleName, CancellationToken cancellationToken) =>
        Task.FromResult(RoleOf(normalizedRoleName));

    protected override Task<IdentityUserRole<string>?> FindUserRoleAsync(string userId, string roleId, CancellationToken cancellationToken) =>
        Task.FromResult(data.Memberships.SingleOrDefault(membership => membership.UserId == userId && membership.RoleId == roleId));

    protected override Task<IdentityUser?> FindUserAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(data.Users.SingleOrDefault(user => user.Id == userId));

    protected override Task<IdentityUserLogin<string>?> FindUserLoginAsync(
        string userId, string loginProvider, string providerKey, CancellationToken cancellationToken) =>
        FindUserLoginAsync(loginProvider, providerKey, cancellationToken);

    protected override Task<IdentityUserLogin<string>?> FindUserLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken) =>
        Task.FromResult(data.Logins.SingleOrDefault(login => login.LoginProvider == loginProvider && login.ProviderKey == providerKey));

    protected override Task<IdentityUserToken<string>?> FindTokenAsync(IdentityUser user, string loginProvider, string name, CancellationToken cancellationToken) =>
        Task.FromResult(data.Tokens.SingleOrDefault(token => token.UserId == user.Id && token.LoginProvider == loginProvider && token.Name == name));

    protected override Task AddUserTokenAsync(IdentityUserToken<string> token)
    {
        data.Tokens.Add(token);
        return Task.CompletedTask;
    }

    protected override Task RemoveUserTokenAsync(IdentityUserToken<string> token)
    {
        data.Tokens.Remove(token);
        return Task.CompletedTask;
    }

    private IdentityRole? RoleOf(string normalizedName) => data.Roles.SingleOrDefault(role => role.NormalizedName == normalizedName);
}
