using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Identity;

/// <summary>Determines whether a refused password reset token has expired or was forged: Identity reports both as invalid.</summary>
/// <remarks>
/// Reads the format of <see cref="DataProtectorTokenProvider{TUser}"/>: ticks, user id, purpose, security stamp. A token whose parts are all
/// correct but which was refused has expired. Tokens of other providers cannot be told apart.
/// </remarks>
internal sealed class ResetTokens<TUser>(IOptions<DataProtectionTokenProviderOptions> options, IDataProtectionProvider? protection = null) where TUser : class
{
    public TimeSpan Lifetime => options.Value.TokenLifespan;

    /// <summary>The time at which a refused token was issued, if it has expired; otherwise <see langword="null"/>.</summary>
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
