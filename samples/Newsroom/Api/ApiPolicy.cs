using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Newsroom.Api;

/// <summary>Programs say who they are in each call: by a key, a name and password, or a token. A browser's cookie counts for nothing here.</summary>
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
