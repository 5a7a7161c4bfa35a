using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>Describes what a denied user lacked: the endpoint's policy, or else the requirements that were not met.</summary>
internal static class RequiredPolicy
{
    public static string Of(HttpContext context, AuthorizationHandlerContext? asked)
    {
        // Authorization of an endpoint passes the request as resource; an application's own check passes its own object.
        if (asked is not null && asked.Resource is not (HttpContext or Endpoint)) return Describe(asked);
        IEnumerable<string> names = (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [])
            .Select(NameOf).OfType<string>().Distinct();
        string named = string.Join("; ", names);
        if (named.Length > 0) return named;
        return asked is null ? "" : Describe(asked);
    }

    private static string? NameOf(IAuthorizeData data) => data switch
    {
        { Policy: { Length: > 0 } policy } => policy,
        { Roles: { Length: > 0 } roles } => $"role {roles}",
        _ => null,
    };

    private static string Describe(AuthorizationHandlerContext asked) => string.Join("; ", asked.PendingRequirements.Select(Describe));

    private static string Describe(IAuthorizationRequirement requirement) =>
        requirement.ToString() is { } text && text != requirement.GetType().ToString() ? text : requirement.GetType().Name;
}
