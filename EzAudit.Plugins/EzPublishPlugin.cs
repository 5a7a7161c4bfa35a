using EzAudit.Extensibility;

namespace EzAudit.Plugins;

/// <summary>Adds the ten functions of eZ Publish, with its names, its fields and their order.</summary>
public sealed class EzPublishPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(UserAudit.LoginFunction)
            .AddFunction(UserAudit.FailedLoginFunction)
            .AddFunction(ContentAudit.DeleteFunction)
            .AddFunction(ContentAudit.MoveFunction)
            .AddFunction(ContentAudit.HideFunction)
            .AddFunction(RoleAudit.ChangeFunction)
            .AddFunction(RoleAudit.AssignFunction)
            .AddFunction(SectionAudit.AssignFunction)
            .AddFunction(StateAudit.AssignFunction)
            .AddFunction(OrderAudit.DeleteFunction);
    }
}
