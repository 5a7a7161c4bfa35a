using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for content and orders that eZ Publish does not have.</summary>
public sealed class ContentPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(ContentWorkFunctions.Create)
            .AddFunction(ContentWorkFunctions.Edit)
            .AddFunction(ContentWorkFunctions.Publish)
            .AddFunction(ContentWorkFunctions.Read)
            .AddFunction(ContentWorkFunctions.Copy)
            .AddFunction(ContentWorkFunctions.Swap)
            .AddFunction(ShopFunctions.Create)
            .AddFunction(ShopFunctions.Change);
    }
}
