using EzAudit.Records;

namespace EzAudit.Routing;

/// <summary>The functions by which the audit trail records what happens to itself. Written when audit.ini names a file for them.</summary>
internal static class OwnFunctions
{
    private const string OwnCategory = "audit";

    public static readonly AuditFunction Start = Define("audit-start", AuditSeverity.Notice, "Process", "Host", "Settings");
    public static readonly AuditFunction Stop = Define("audit-stop", AuditSeverity.Notice, "Process", "Host");
    public static readonly AuditFunction ConfigChange = Define("audit-config-change", AuditSeverity.Warning, "Audit", "Old settings", "New settings", "Files");
    public static readonly AuditFunction Rotate = Define("audit-rotate", AuditSeverity.Info, "File", "New name");
    public static readonly AuditFunction Delete = Define("audit-delete", AuditSeverity.Warning, "File");

    public static readonly AuditFunction Recover = Define("audit-recover", AuditSeverity.Warning, "File", "Recovered to", "Records", "Problems", "User");

    /// <summary>Unlike the others it is written even without a line of its own: then into the file that lost the records.</summary>
    public static readonly AuditFunction Loss = Define("audit-loss", AuditSeverity.Error, "Function", "Lost records", "From", "To", "Reason");

    public static IEnumerable<AuditFunction> All => [Start, Stop, ConfigChange, Rotate, Delete, Recover, Loss];

    private static AuditFunction Define(string name, AuditSeverity severity, params string[] fields) => new()
    {
        Name = name,
        DefaultFileName = "audit.log",
        Fields = fields,
        Severity = severity,
        Category = OwnCategory,
    };
}
