namespace EzAudit.Settings.Model;

/// <summary>How much free space the disks with log files should have: <c>[DiskSettings]</c>. Sizes in bytes; 0 turns each limit off.</summary>
internal sealed record DiskSettings
{
    /// <summary>Below this, an operator should free space.</summary>
    public long LowSpace { get; init; } = 64 << 20;

    /// <summary>Below this, records will soon not be stored.</summary>
    public long CriticalSpace { get; init; } = 8 << 20;

    /// <summary>The reserve for mandatory functions: below this, functions with <c>OnFailure=continue</c> are not written.</summary>
    public long Reserve { get; init; }
}
