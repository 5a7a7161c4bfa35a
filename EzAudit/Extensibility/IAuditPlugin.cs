namespace EzAudit.Extensibility;

/// <summary>Supplies functions, targets and formats. Needs a public parameterless constructor to be named in audit.ini.</summary>
public interface IAuditPlugin
{
    /// <summary>Says what the plugin brings. Called once for each writer, before any record is written.</summary>
    /// <param name="registry">What to add to; of no use after the call.</param>
    void Register(AuditRegistry registry);
}
