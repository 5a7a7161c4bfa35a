using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for reading: entities, requests, pages, calls, and refused access.</summary>
public sealed class AccessPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(AccessDeniedFunctions.Api)
            .AddFunction(AccessDeniedFunctions.Page)
            .AddFunction(EntityFunctions.View)
            .AddFunction(EntityFunctions.Search)
            .AddFunction(EntityFunctions.Download)
            .AddFunction(WebFunctions.Access)
            .AddFunction(WebFunctions.Request)
            .AddFunction(WebFunctions.Response)
            .AddFunction(PageFunctions.Access)
            .AddFunction(PageFunctions.Input)
            .AddFunction(PageFunctions.Output)
            .AddFunction(PageFunctions.Query)
            .AddFunction(ApplicationFunctions.Call)
            .AddFunction(ApplicationFunctions.JobAccess)
            .AddFunction(ApplicationFunctions.JobRun);
    }
}
