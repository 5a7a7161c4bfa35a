using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Newsroom.Api;

/// <summary>Requires that programs authenticate on each call: with a key, a login and password, or a token. Cookies are ignored here.</summary>
internal static class ApiPolicy
{
    public const string Name = "api";
    public const string Scheme = "Api";

    public static string SchemeOf(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ApiKeyHandler.Header)) return ApiKeyHandler.Scheme;
        return context.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            ? BasicHandler.Scheme
            : JwtBearerDefaults.AuthenticationScheme;
    }
}
