using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Supplies the functions of rows that are read and changed.</summary>
public sealed class RecordPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(RecordFunctions.Select)
            .AddFunction(RecordFunctions.Insert)
            .AddFunction(RecordFunctions.Update)
            .AddFunction(RecordFunctions.Delete);
    }
}
