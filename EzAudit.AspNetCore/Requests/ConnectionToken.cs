using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Detects that <c>?id=</c> is a connection token of SignalR, Blazor or <c>MapConnectionHandler</c>.</summary>
/// <remarks>The token is never recorded, because anyone who has it can use the connection.</remarks>
internal static class ConnectionToken
{
    public const string Name = "id";

    private const string ClientHeader = "X-SignalR-User-Agent";
    private const string MetadataNamespace = "Microsoft.AspNetCore.Http.Connections";

    private const string NegotiationPath = "/negotiate";

    private static readonly ConditionalWeakTable<RouteEndpoint, StrongBox<bool>> Negotiable = [];

    /// <summary>Whether the request belongs to such a connection; if it reached no endpoint, whether it looks like one.</summary>
    public static bool IsIn(HttpContext context, Endpoint? endpoint)
    {
        if (endpoint is not null)
        {
            foreach (object metadata in endpoint.Metadata)
            {
                if (metadata is HubMetadata || metadata.GetType().Namespace == MetadataNamespace) return true;
            }
            return endpoint is RouteEndpoint route && Negotiable.GetValue(route, each => new StrongBox<bool>(HasNegotiation(each, context.RequestServices))).Value;
        }
        IHeaderDictionary headers = context.Request.Headers;
        return headers.ContainsKey(ClientHeader) || headers.Upgrade.Count > 0
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
            || headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
    }

    // The endpoint of MapConnectionHandler has no metadata of its own, but a sibling endpoint issues the tokens.
    private static bool HasNegotiation(RouteEndpoint endpoint, IServiceProvider services)
    {
        if (services.GetService<EndpointDataSource>() is not { } endpoints || endpoint.RoutePattern.RawText is not { } pattern) return false;
        string path = pattern.Trim('/');
        return endpoints.Endpoints.OfType<RouteEndpoint>().Any(other =>
            other.Metadata.GetMetadata<NegotiateMetadata>() is not null && other.RoutePattern.RawText is { } text
            && text.EndsWith(NegotiationPath, StringComparison.OrdinalIgnoreCase)
            && text[..^NegotiationPath.Length].Trim('/').Equals(path, StringComparison.OrdinalIgnoreCase));
    }
}
