using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Tells where <c>?id=</c> is the token of a connection of SignalR or Blazor: whoever has it can use the connection. It is never written.</summary>
internal static class ConnectionToken
{
    public const string Name = "id";

    private const string ClientHeader = "X-SignalR-User-Agent";
    private const string MetadataNamespace = "Microsoft.AspNetCore.Http.Connections";

    /// <summary>Whether the request belongs to such a connection; of one that reached no endpoint, whether it looks so.</summary>
    public static bool IsIn(HttpContext context, Endpoint? endpoint)
    {
        if (endpoint is not null)
        {
            foreach (object metadata in endpoint.Metadata)
            {
                if (metadata is HubMetadata || metadata.GetType().Namespace == MetadataNamespace) return true;
            }
            return false;
        }
        IHeaderDictionary headers = context.Request.Headers;
        return headers.ContainsKey(ClientHeader) || headers.Upgrade.Count > 0
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
            || headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
    }
}
