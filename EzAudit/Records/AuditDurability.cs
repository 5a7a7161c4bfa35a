namespace EzAudit.Records;

/// <summary>What is guaranteed when a call that writes a record has returned.</summary>
public enum AuditDurability
{
    /// <summary>The record is on disk and survives a power cut.</summary>
    Disk,

    /// <summary>The operating system has the record: it survives a crash of the process, but not of the machine.</summary>
    Os,

    /// <summary>The record is queued in the memory of this process.</summary>
    Queue,
}
