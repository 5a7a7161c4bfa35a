using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Records a request before its connection switches to another protocol, such as WebSocket.</summary>
internal sealed class GuardedUpgrade(ResponseGuard guard, IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync()
    {
        await guard.RecordOrThrowAsync(StatusCodes.Status101SwitchingProtocols).ConfigureAwait(false);
        return await inner.UpgradeAsync().ConfigureAwait(false);
    }
}

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
