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
