using EzAudit.Extensibility;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Brings the section <c>[RequestSettings]</c> to audit.ini.</summary>
internal sealed class RequestPlugin : IAuditPlugin
{
    public void Register(AuditRegistry registry) => registry.AddSettings(RequestSettings.Section, RequestSettings.Keys, RequestSettings.Read);
}
