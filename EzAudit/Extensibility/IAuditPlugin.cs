namespace EzAudit.Extensibility;

/// <summary>Supplies functions, targets, formats, anchors and settings. A plugin named in audit.ini needs a public parameterless constructor.</summary>
public interface IAuditPlugin
{
    /// <summary>Registers what the plugin supplies. Called once for each writer, before any record is written.</summary>
    /// <param name="registry">The registry to add to. Do not use it after the call.</param>
    void Register(AuditRegistry registry);
}
