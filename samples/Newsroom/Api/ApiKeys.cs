using System.Security.Cryptography;
using System.Text;
using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;

namespace Newsroom.Api;

/// <summary>Creates, finds and revokes API keys.</summary>
internal sealed class ApiKeys(NewsroomDatabase database)
{
    private const string Scope = "api";

    public async Task<IReadOnlyList<ApiKey>> ListAsync(long accountId) =>
        await database.ApiKeys.AsNoTracking().Where(key => key.AccountId == accountId).OrderBy(key => key.Id).ToListAsync();

    /// <summary>Creates a key and returns its text, which is shown once and never stored.</summary>
    public async Task<string> CreateAsync(Account account, string name)
    {
        string text = $"nr-{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        var key = new ApiKey { Name = name, AccountId = account.Id, Digest = DigestOf(text) };
        database.Add(key);
        await database.SaveChangesAsync();
        ApiKeyAudit.Create(key.Id, key.Name, account.Id, account.Login, Scope);
        return text;
    }

    public async Task RevokeAsync(Account account, long id)
    {
        if (await database.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.AccountId == account.Id) is not { IsRevoked: false } key) return;
        key.IsRevoked = true;
        await database.SaveChangesAsync();
        ApiKeyAudit.Revoke(key.Id, key.Name, account.Id, account.Login, "revoked by its owner");
    }

    public async Task<ApiKey?> FindAsync(string text)
    {
        string digest = DigestOf(text);
        return await database.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Digest == digest);
    }

    private static string DigestOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
