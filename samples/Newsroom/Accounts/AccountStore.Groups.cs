using Microsoft.EntityFrameworkCore;

namespace Newsroom.Accounts;

internal sealed partial class AccountStore
{
    public async Task AddToRoleAsync(Account user, string roleName, CancellationToken cancellationToken)
    {
        Group group = await database.Groups.SingleAsync(group => group.NormalizedName == roleName, cancellationToken);
        database.Add(new Membership { AccountId = user.Id, GroupId = group.Id });
    }

    public async Task RemoveFromRoleAsync(Account user, string roleName, CancellationToken cancellationToken) =>
        database.RemoveRange(await MembershipsOf(user, roleName).ToListAsync(cancellationToken));

    public async Task<IList<string>> GetRolesAsync(Account user, CancellationToken cancellationToken) =>
        await database.Memberships.Where(membership => membership.AccountId == user.Id)
            .Join(database.Groups, membership => membership.GroupId, group => group.Id, (_, group) => group.Name)
            .OrderBy(name => name)
            .ToListAsync(cancellationToken);

    public Task<bool> IsInRoleAsync(Account user, string roleName, CancellationToken cancellationToken) =>
        MembershipsOf(user, roleName).AnyAsync(cancellationToken);

    public async Task<IList<Account>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken) =>
        await database.Groups.Where(group => group.NormalizedName == roleName)
            .Join(database.Memberships, group => group.Id, membership => membership.GroupId, (_, membership) => membership.AccountId)
            .Join(database.Accounts, id => id, account => account.Id, (_, account) => account)
            .OrderBy(account => account.Login)
            .ToListAsync(cancellationToken);

    private IQueryable<Membership> MembershipsOf(Account user, string roleName) => database.Memberships.Where(membership =>
        membership.AccountId == user.Id && database.Groups.Any(group => group.Id == membership.GroupId && group.NormalizedName == roleName));
}
