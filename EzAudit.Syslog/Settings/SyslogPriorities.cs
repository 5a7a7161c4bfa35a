using EzAudit.Records;

namespace EzAudit.Syslog.Settings;

/// <summary>Computes the PRI of a function's records: eight times the facility, plus the severity.</summary>
internal sealed record SyslogPriorities
{
    public int Facility { get; init; } = SyslogFacility.Audit;

    /// <summary>One severity for all records; <see langword="null"/> to use each function's own.</summary>
    public AuditSeverity? Severity { get; init; }

    public IReadOnlyDictionary<string, int> Facilities { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, AuditSeverity> Severities { get; init; } = new Dictionary<string, AuditSeverity>();

    /// <summary>Whether to use only the severities that log4j's levels map to.</summary>
    public bool AsLog4J { get; init; }

    public int Of(AuditFunction function)
    {
        int facility = Facilities.Count > 0 && Facilities.TryGetValue(function.Name, out int own) ? own : Facility;
        AuditSeverity severity = Severities.Count > 0 && Severities.TryGetValue(function.Name, out AuditSeverity set) ? set : Severity ?? function.Severity;
        return (facility * 8) + (int)(AsLog4J ? SyslogSeverity.AsLog4J(severity) : severity);
    }
}
