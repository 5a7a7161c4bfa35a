using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for reading and changing rows.</summary>
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
