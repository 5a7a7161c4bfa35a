using EzAudit.AspNetCore.Security;
using EzAudit.Extensibility;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Adds the sections <c>[RequestSettings]</c> and <c>[SignInSettings]</c> to audit.ini.</summary>
internal sealed class RequestPlugin : IAuditPlugin
{
    public void Register(AuditRegistry registry) => registry
        .AddSettings(RequestSettings.Section, RequestSettings.Keys, RequestSettings.Read)
        .AddSettings(SignInSettings.Section, SignInSettings.Keys, SignInSettings.Read);
}
