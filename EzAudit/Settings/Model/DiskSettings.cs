namespace EzAudit.Settings.Model;

/// <summary>How much room there should be on the disks under log files: <c>[DiskSettings]</c>. Sizes in bytes; 0 turns each of them off.</summary>
internal sealed record DiskSettings
{
    /// <summary>With less, somebody should make room.</summary>
    public long LowSpace { get; init; } = 64 << 20;

    /// <summary>With less, records will soon not be stored.</summary>
    public long CriticalSpace { get; init; } = 8 << 20;

    /// <summary>What is kept back for the functions that must be written: with less, those with <c>OnFailure=continue</c> are not.</summary>
    public long Reserve { get; init; }
}
