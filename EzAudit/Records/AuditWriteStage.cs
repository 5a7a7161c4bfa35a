namespace EzAudit.Records;

/// <summary>The step at which writing a record failed.</summary>
public enum AuditWriteStage
{
    /// <summary>Turning the record into bytes.</summary>
    Format,

    /// <summary>Making or opening the log file or its directory.</summary>
    Open,

    /// <summary>Waiting for the lock that keeps processes apart.</summary>
    Lock,

    /// <summary>Renaming a full log file.</summary>
    Rotate,

    /// <summary>Handing the bytes to the operating system.</summary>
    Write,

    /// <summary>Having the bytes put on disk.</summary>
    Sync,

    /// <summary>Writing the ledger.</summary>
    Seal,

    /// <summary>Handing the record to a target that is not a file.</summary>
    Target,
}
