using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for running an application: services, settings, caches, packages.</summary>
public sealed class OperationPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(ServiceFunctions.Start)
            .AddFunction(ServiceFunctions.Stop)
            .AddFunction(ServiceFunctions.Error)
            .AddFunction(SettingFunctions.Change)
            .AddFunction(SettingFunctions.ChangeFeatureFlag)
            .AddFunction(SettingFunctions.ClearCache)
            .AddFunction(SettingFunctions.InstallPackage);
    }
}
