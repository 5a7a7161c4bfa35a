using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Records a request of HTTP/2 before its stream becomes one of another protocol, such as WebSocket.</summary>
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
