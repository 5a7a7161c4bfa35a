using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Records an HTTP/2 request before its stream switches to another protocol, such as WebSocket.</summary>
internal sealed class GuardedConnect(ResponseGuard guard, IHttpExtendedConnectFeature inner) : IHttpExtendedConnectFeature
{
    public bool IsExtendedConnect => inner.IsExtendedConnect;

    public string? Protocol => inner.Protocol;

    public async ValueTask<Stream> AcceptAsync()
    {
        await guard.RecordOrThrowAsync(StatusCodes.Status200OK).ConfigureAwait(false);
        return await inner.AcceptAsync().ConfigureAwait(false);
    }
}
