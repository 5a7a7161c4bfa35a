namespace EzAudit.Records;

/// <summary>The step at which writing a record failed.</summary>
public enum AuditWriteStage
{
    /// <summary>Formatting the record.</summary>
    Format,

    /// <summary>Creating or opening the log file or its directory.</summary>
    Open,

    /// <summary>Waiting for the lock that other processes share.</summary>
    Lock,

    /// <summary>Renaming a full log file.</summary>
    Rotate,

    /// <summary>Passing the bytes to the operating system.</summary>
    Write,

    /// <summary>Syncing the bytes to disk.</summary>
    Sync,

    /// <summary>Recording in the ledger what was written.</summary>
    Seal,

    /// <summary>Passing the record to a target that is not a log file.</summary>
    Target,
}
