using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace EzAudit.AspNetCore.Security;

/// <summary>Tells calls of an API from visits of a page.</summary>
internal static class ApiEndpoint
{
    /// <summary>
    /// An API is what .NET marks as one (<see cref="IDisableCookieRedirectMetadata"/>, <c>[ApiController]</c>). Without a mark: who is
    /// sent elsewhere visits a page, who brought a key or token calls an API, and else the scheme that refuses decides.
    /// </summary>
    public static bool Is(HttpContext context, SecurityFacts facts, string? redirectedTo, AuditSchemeKind kind)
    {
        EndpointMetadataCollection? metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowCookieRedirectMetadata>() is not null) return false;
        if (metadata?.GetMetadata<IDisableCookieRedirectMetadata>() is not null || metadata?.GetMetadata<IApiBehaviorMetadata>() is not null) return true;
        return redirectedTo is null && (facts.IsApiCall || kind is not (AuditSchemeKind.Session or AuditSchemeKind.None));
    }
}
