using EzAudit.Records;

namespace EzAudit.Syslog.Settings;

/// <summary>Says the PRI of a function's records: facility times eight, plus severity.</summary>
internal sealed record SyslogPriorities
{
    public int Facility { get; init; } = SyslogFacility.Audit;

    /// <summary>One severity for all; <see langword="null"/>: each function's own.</summary>
    public AuditSeverity? Severity { get; init; }

    public IReadOnlyDictionary<string, int> Facilities { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, AuditSeverity> Severities { get; init; } = new Dictionary<string, AuditSeverity>();

    /// <summary>Whether severities are those that log4j's levels have.</summary>
    public bool AsLog4J { get; init; }

    public int Of(AuditFunction function)
    {
        int facility = Facilities.Count > 0 && Facilities.TryGetValue(function.Name, out int own) ? own : Facility;
        AuditSeverity severity = Severities.Count > 0 && Severities.TryGetValue(function.Name, out AuditSeverity set) ? set : Severity ?? function.Severity;
        return (facility * 8) + (int)(AsLog4J ? SyslogSeverity.AsLog4J(severity) : severity);
    }
}
