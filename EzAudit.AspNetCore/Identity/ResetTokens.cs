using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Tells whether a token by which a password was to be set anew is too old or forged: to Identity both are invalid.</summary>
/// <remarks>
/// Reads what <see cref="DataProtectorTokenProvider{TUser}"/> wrote: ticks, user id, purpose, security stamp. A token whose parts are all
/// right, and that was refused all the same, was too old. Tokens of other providers are not told apart.
/// </remarks>
internal sealed class ResetTokens<TUser>(IOptions<DataProtectionTokenProviderOptions> options, IDataProtectionProvider? protection = null) where TUser : class
{
    public TimeSpan Lifetime => options.Value.TokenLifespan;

    /// <summary>When a refused token was issued, if it was refused for its age; else <see langword="null"/>.</summary>
    public async Task<DateTimeOffset?> IssuedIfExpired(UserManager<TUser> users, TUser user, string token)
    {
        if (Open(token) is not { } content) return null;
        using var reader = new BinaryReader(new MemoryStream(content), new UTF8Encoding(false, true));
        try
        {
            var issued = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            bool isTheUsers = reader.ReadString() == await users.GetUserIdAsync(user).ConfigureAwait(false)
                && reader.ReadString() == UserManager<TUser>.ResetPasswordTokenPurpose;
            string stamp = users.SupportsUserSecurityStamp ? await users.GetSecurityStampAsync(user).ConfigureAwait(false) : "";
            return isTheUsers && reader.ReadString() == stamp ? issued : null;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            return null;
        }
    }

    private byte[]? Open(string token)
    {
        var bytes = new byte[token.Length];
        if (protection is null || !Convert.TryFromBase64String(token, bytes, out int length)) return null;
        try
        {
            return protection.CreateProtector(options.Value.Name ?? "DataProtectorTokenProvider").Unprotect(bytes[..length]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
