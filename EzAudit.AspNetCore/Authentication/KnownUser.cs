using System.Security.Claims;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>A user as records name them: id and login.</summary>
internal readonly record struct KnownUser(string Id, string Login)
{
    public static KnownUser Of(ClaimsPrincipal? principal)
    {
        string id = principal?.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal?.FindFirstValue("sub") ?? "";
        string login = principal?.Identity?.Name ?? principal?.FindFirstValue("preferred_username") ?? principal?.FindFirstValue(ClaimTypes.Email) ?? id;
        return new KnownUser(id.Length > 0 ? id : login, login);
    }
}
