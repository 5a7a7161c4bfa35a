using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Supplies the functions of data that leaves, comes, or is about people.</summary>
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
