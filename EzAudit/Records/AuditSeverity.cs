namespace EzAudit.Records;

/// <summary>How grave a function's records are, in syslog's words and numbers (RFC 5424, 6.2.1).</summary>
public enum AuditSeverity
{
    /// <summary>The system is unusable.</summary>
    Emergency = 0,

    /// <summary>Action must be taken at once.</summary>
    Alert = 1,

    /// <summary>Critical conditions.</summary>
    Critical = 2,

    /// <summary>Error conditions.</summary>
    Error = 3,

    /// <summary>Warning conditions.</summary>
    Warning = 4,

    /// <summary>Normal but significant.</summary>
    Notice = 5,

    /// <summary>Informational.</summary>
    Info = 6,

    /// <summary>For debugging.</summary>
    Debug = 7,
}
