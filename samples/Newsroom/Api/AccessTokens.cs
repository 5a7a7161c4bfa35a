using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Newsroom.Site;

namespace Newsroom.Api;

/// <summary>Issues bearer tokens, signed with the site's own key.</summary>
internal sealed class AccessTokens
{
    private const string Site = "newsroom";
    private readonly SigningCredentials _credentials;

    public AccessTokens(SiteFolder folder)
    {
        _credentials = new SigningCredentials(new SymmetricSecurityKey(KeyIn(folder.PathOf("token.key"))), SecurityAlgorithms.HmacSha256);
        Validation = new TokenValidationParameters
        {
            ValidIssuer = Site,
            ValidAudience = Site,
            IssuerSigningKey = _credentials.Key,
            ClockSkew = TimeSpan.Zero,
            NameClaimType = ClaimTypes.Name,
            RoleClaimType = ClaimTypes.Role,
        };
    }

    public TokenValidationParameters Validation { get; }

    public string Issue(ClaimsPrincipal principal, string clientId, DateTimeOffset now, TimeSpan lifetime) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Site,
            Audience = Site,
            Subject = new ClaimsIdentity([.. principal.Claims, new Claim("client_id", clientId), new Claim("scope", "api")]),
            NotBefore = now.UtcDateTime,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            SigningCredentials = _credentials,
        });

    private static byte[] KeyIn(string path)
    {
        if (File.Exists(path)) return File.ReadAllBytes(path);
        byte[] key = RandomNumberGenerator.GetBytes(32);
        File.WriteAllBytes(path, key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return key;
    }
}
