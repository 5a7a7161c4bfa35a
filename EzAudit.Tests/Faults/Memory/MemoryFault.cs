namespace EzAudit.Tests.Faults.Memory;

/// <summary>The ways in which a call to a <see cref="MemoryDisk"/> breaks.</summary>
public enum MemoryFault
{
    /// <summary>The call fails; a failed sync drops what it should have written, as on Linux.</summary>
    Error,

    /// <summary>An append writes only a part.</summary>
    HalfWrite,

    /// <summary>The power is cut before the call does anything.</summary>
    Cut,
}
