using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Accounts;

/// <summary>Stores Identity's accounts in the site's database.</summary>
internal sealed partial class AccountStore(NewsroomDatabase database) :
    IUserPasswordStore<Account>, IUserEmailStore<Account>, IUserRoleStore<Account>, IUserClaimStore<Account>, IUserLockoutStore<Account>,
    IUserSecurityStampStore<Account>, IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>
{
    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        database.Add(user);
        await database.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        return await database.TrySaveAsync(cancellationToken);
    }

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        database.RemoveRange(database.Memberships.Where(membership => membership.AccountId == user.Id));
        database.RemoveRange(database.AccountClaims.Where(claim => claim.AccountId == user.Id));
        database.RemoveRange(database.ProjectMembers.Where(member => member.AccountId == user.Id));
        database.RemoveRange(database.ApiKeys.Where(key => key.AccountId == user.Id));
        database.Remove(user);
        return await database.TrySaveAsync(cancellationToken);
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => long.TryParse(userId, out long id)
        ? database.Accounts.SingleOrDefaultAsync(account => account.Id == id, cancellationToken)
        : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        database.Accounts.SingleOrDefaultAsync(account => account.NormalizedLogin == normalizedUserName, cancellationToken);

    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        database.Accounts.FirstOrDefaultAsync(account => account.NormalizedEmail == normalizedEmail, cancellationToken);

    public void Dispose()
    {
        // The DI scope owns the database.
    }
}
