using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace EzAudit.AspNetCore.Security;

/// <summary>Tells API calls from page visits.</summary>
internal static class ApiEndpoint
{
    /// <summary>
    /// An API is what .NET marks as one (<see cref="IDisableCookieRedirectMetadata"/>, <c>[ApiController]</c>). Without a mark, a redirect means
    /// a page, credentials in the request mean an API, and otherwise the refusing scheme decides.
    /// </summary>
    public static bool Is(HttpContext context, SecurityFacts facts, string? redirectedTo, AuditSchemeKind kind)
    {
        EndpointMetadataCollection? metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowCookieRedirectMetadata>() is not null) return false;
        if (metadata?.GetMetadata<IDisableCookieRedirectMetadata>() is not null || metadata?.GetMetadata<IApiBehaviorMetadata>() is not null) return true;
        return redirectedTo is null && (facts.IsApiCall || kind is not (AuditSchemeKind.Session or AuditSchemeKind.None));
    }
}
