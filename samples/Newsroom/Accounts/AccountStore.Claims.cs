using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Newsroom.Accounts;

internal sealed partial class AccountStore
{
    public async Task<IList<Claim>> GetClaimsAsync(Account user, CancellationToken cancellationToken) =>
        await database.AccountClaims.Where(claim => claim.AccountId == user.Id)
            .Select(claim => new Claim(claim.Type, claim.Value))
            .ToListAsync(cancellationToken);

    public Task AddClaimsAsync(Account user, IEnumerable<Claim> claims, CancellationToken cancellationToken)
    {
        database.AddRange(claims.Select(claim => new AccountClaim { AccountId = user.Id, Type = claim.Type, Value = claim.Value }));
        return Task.CompletedTask;
    }

    public async Task ReplaceClaimAsync(Account user, Claim claim, Claim newClaim, CancellationToken cancellationToken)
    {
        await RemoveClaimsAsync(user, [claim], cancellationToken);
        await AddClaimsAsync(user, [newClaim], cancellationToken);
    }

    public async Task RemoveClaimsAsync(Account user, IEnumerable<Claim> claims, CancellationToken cancellationToken)
    {
        foreach (Claim claim in claims)
        {
            database.RemoveRange(await database.AccountClaims
                .Where(row => row.AccountId == user.Id && row.Type == claim.Type && row.Value == claim.Value)
                .ToListAsync(cancellationToken));
        }
    }

    public async Task<IList<Account>> GetUsersForClaimAsync(Claim claim, CancellationToken cancellationToken) =>
        await database.AccountClaims.Where(row => row.Type == claim.Type && row.Value == claim.Value)
            .Join(database.Accounts, row => row.AccountId, account => account.Id, (_, account) => account)
            .ToListAsync(cancellationToken);
}
