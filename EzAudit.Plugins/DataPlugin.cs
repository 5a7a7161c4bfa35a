using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for exports, imports, personal data and files.</summary>
public sealed class DataPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(DataFunctions.Export)
            .AddFunction(DataFunctions.Import)
            .AddFunction(DataFunctions.ReadPersonal)
            .AddFunction(DataFunctions.ErasePersonal)
            .AddFunction(DataFunctions.Upload)
            .AddFunction(DataFunctions.Download);
    }
}
