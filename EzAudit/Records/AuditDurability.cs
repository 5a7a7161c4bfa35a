namespace EzAudit.Records;

/// <summary>What holds when a call to write has returned.</summary>
public enum AuditDurability
{
    /// <summary>The record is on disk and survives a power cut.</summary>
    Disk,

    /// <summary>The record is with the operating system: it survives the end of the process, not that of the machine.</summary>
    Os,

    /// <summary>The record is in the memory of this process.</summary>
    Queue,
}
