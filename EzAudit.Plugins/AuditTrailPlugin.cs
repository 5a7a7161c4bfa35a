using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for what people do with the audit trail.</summary>
public sealed class AuditTrailPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(TrailFunctions.Disable)
            .AddFunction(TrailFunctions.Read)
            .AddFunction(TrailFunctions.Export)
            .AddFunction(TrailFunctions.Verify)
            .AddFunction(TrailFunctions.LegalHold);
    }
}
