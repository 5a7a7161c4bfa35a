using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>A <see cref="SecuritySite"/> whose API takes basic authentication, API keys and bearer tokens, and whose pages take cookies.</summary>
internal static class ApiSite
{
    private static readonly SymmetricSecurityKey SigningKey = new(Encoding.UTF8.GetBytes("a key of thirty-two bytes or more"));

    public static Task<SecuritySite> Start(Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, Action<WebApplicationBuilder>? before = null, string furtherSettings = "") =>
        SecuritySite.Start(
        builder =>
        {
            builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
                .AddCookie(options => options.AccessDeniedPath = "/denied")
                .AddScheme<AuthenticationSchemeOptions, BasicHandler>("Basic", null)
                .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>("Partners", null)
                .AddJwtBearer(options =>
                {
                    options.TokenValidationParameters = Validation("issuer");
                    options.MapInboundClaims = false;
                    options.Events = new() { OnTokenValidated = RefuseRevoked };
                });
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy("basic", policy => policy.AddAuthenticationSchemes("Basic").RequireAuthenticatedUser())
                .AddPolicy("key", policy => policy.AddAuthenticationSchemes("Partners").RequireAuthenticatedUser())
                .AddPolicy("bearer", policy => policy.AddAuthenticationSchemes("Bearer").RequireAuthenticatedUser())
                .AddPolicy("bearer admin", policy => policy.AddAuthenticationSchemes("Bearer").RequireAuthenticatedUser().RequireRole("admin"))
                .AddPolicy("admin", policy => policy.RequireRole("admin"));
            builder.Services.Configure<AuditAuthenticationOptions>(options => options.Schemes["Partners"] = AuditSchemeKind.ApiKey);
            configure?.Invoke(builder);
        },
        application =>
        {
            foreach (string policy in new[] { "basic", "key", "bearer", "bearer admin" }) application.MapGet($"/api/{policy.Replace(' ', '-')}", () => "data").RequireAuthorization(policy);
            application.MapGet("/page", () => Results.Text("page")).RequireAuthorization("admin").WithMetadata(new AllowCookieRedirectAttribute());
            application.MapGet("/sign-in", SignIn);
            map?.Invoke(application);
        },
        furtherSettings,
        before);

    public static TokenValidationParameters Validation(string issuer) =>
        new() { ValidAudience = "api", ValidIssuer = issuer, IssuerSigningKey = SigningKey, NameClaimType = "name", ClockSkew = TimeSpan.Zero };

    /// <summary>Calls the API.</summary>
    public static async Task<HttpStatusCode> Get(this SecuritySite site, string path, string? authorization = null, string? key = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        using HttpResponseMessage response = await (client ?? site.Browser).SendAsync(request);
        return response.StatusCode;
    }

    public static string Basic(string loginAndPassword) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(loginAndPassword))}";

    public static string Bearer(string audience = "api", string issuer = "issuer", TimeSpan? age = null, bool isRevoked = false, string? signingKey = null)
    {
        DateTime issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        SecurityKey key = signingKey is null ? SigningKey : new SymmetricSecurityKey(Encoding.UTF8.GetBytes(signingKey));
        string token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience,
            Issuer = issuer,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued.AddHours(1),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "23", ["name"] = "machine", ["client_id"] = "build", ["scope"] = "read write", ["revoked"] = isRevoked,
            },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        return $"Bearer {token}";
    }

    private static Task RefuseRevoked(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext context)
    {
        if (context.Principal!.HasClaim("revoked", "true")) context.Fail("The token was revoked");
        return Task.CompletedTask;
    }

    // An application's own sign-in page, without Identity.
    private static Task SignIn(HttpContext context) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, "16"), new Claim(ClaimTypes.Name, "editor")], "own")));
}
