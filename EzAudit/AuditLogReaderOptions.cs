using EzAudit.Extensibility;

namespace EzAudit;

/// <summary>How a log is opened. Each property says which ways of opening it applies to; the others ignore it.</summary>
public sealed class AuditLogReaderOptions
{
    /// <summary>For a root: the active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</summary>
    public string? SiteAccess { get; init; }

    /// <summary>For a root: plugins in addition to those that audit.ini names.</summary>
    public IReadOnlyList<IAuditPlugin> Plugins { get; init; } = [];

    /// <summary>
    /// For a root or a writer: whether each reading is recorded as <c>audit-read</c> when it ends, with the actor of <see cref="AuditContext"/>, the query and
    /// the number of records; following is recorded at its start as well. Nothing is recorded if audit is off or the settings name no file for
    /// <c>audit-read</c>. If the record cannot be stored, the reading fails as a call of the writer would. Defaults to <see langword="true"/>.
    /// </summary>
    public bool RecordsReadings { get; init; } = true;

    /// <summary>For files and streams: the id of the time zone in which classic records were written, such as <c>Europe/Vienna</c>; defaults to UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>For files and streams: the format of the records; if <see langword="null"/>, classic or json, whichever the first bytes show.</summary>
    public IAuditFormat? Format { get; init; }

    /// <summary>For streams: what the stream is called in records and problems; defaults to <c>-</c>.</summary>
    public string StreamName { get; init; } = "-";
}
