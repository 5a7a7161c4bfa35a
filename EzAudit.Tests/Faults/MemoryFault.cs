namespace EzAudit.Tests.Faults;

/// <summary>How a call to a <see cref="MemoryDisk"/> breaks.</summary>
public enum MemoryFault
{
    /// <summary>It fails; a sync that fails drops what it should have written, as Linux does.</summary>
    Error,

    /// <summary>It writes only a part; only an append can.</summary>
    HalfWrite,

    /// <summary>The power is cut before it does anything.</summary>
    Cut,
}
