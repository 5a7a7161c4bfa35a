using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Everything that is compared. The raw limit of each level comes first, because the others are measured against it.</summary>
internal static class Entries
{
    // Small enough that files roll within a run of two seconds.
    public const int RolledBytes = 4 << 20;

    private static readonly Entry[] All =
    [
        new("raw write(2)", AuditDurability.Os, (directory, threads) => new RawContender(directory, threads, sync: false)),
        new("EzAudit os", AuditDurability.Os, (directory, _) => new EzAuditContender(directory, "os", 0)),
        new("EzAudit os, rolling", AuditDurability.Os, (directory, _) => new EzAuditContender(directory, "os", RolledBytes)),
        new("EzAudit os, sealed", AuditDurability.Os, (directory, _) => new EzAuditContender(directory, "os", 0, isSealed: true)),
        new("Serilog WriteTo.File", AuditDurability.Os, (directory, _) => SerilogContender.ToFile(directory)),
        new("Serilog WriteTo.File, shared", AuditDurability.Os, (directory, _) => SerilogContender.ToSharedFile(directory)),
        new("Serilog WriteTo.File, rolling", AuditDurability.Os, (directory, _) => SerilogContender.ToRollingFile(directory)),
        new("Serilog AuditTo.File", AuditDurability.Os, (directory, _) => SerilogContender.ToAuditFile(directory)),
        new("Serilog Async", AuditDurability.Os, (directory, _) => SerilogContender.ToQueue(directory), IsQueued: true),
        new("NLog File", AuditDurability.Os, (directory, _) => NLogContender.ToFile(directory)),
        new("NLog AsyncWrapper", AuditDurability.Os, (directory, _) => NLogContender.ToQueue(directory), IsQueued: true),
        new("log4net File", AuditDurability.Os, (directory, _) => new Log4NetContender(directory)),
        new("ZLogger File", AuditDurability.Os, (directory, _) => new ZLoggerContender(directory), IsQueued: true),

        new("raw write(2) + fdatasync(2)", AuditDurability.Disk, (directory, threads) => new RawContender(directory, threads, sync: true)),
        new("EzAudit disk", AuditDurability.Disk, (directory, _) => new EzAuditContender(directory, "disk", 0)),
        new("EzAudit disk, sealed", AuditDurability.Disk, (directory, _) => new EzAuditContender(directory, "disk", 0, isSealed: true)),
        new("Serilog AuditTo.File, hand-made sync", AuditDurability.Disk, Synced(SerilogContender.ToAuditFile, locked: true)),
        new("Serilog AuditTo.File, sync unlocked", AuditDurability.Disk, Synced(SerilogContender.ToAuditFile, locked: false)),
        new("NLog File, hand-made sync", AuditDurability.Disk, Synced(NLogContender.ToFile, locked: true)),
        new("NLog File, sync unlocked", AuditDurability.Disk, Synced(NLogContender.ToFile, locked: false)),
        new("log4net File, hand-made sync", AuditDurability.Disk, Synced(directory => new Log4NetContender(directory), locked: true)),
        new("log4net File, sync unlocked", AuditDurability.Disk, Synced(directory => new Log4NetContender(directory), locked: false)),
    ];

    /// <summary>The raw limit of a level, followed by the entries whose name contains a text.</summary>
    public static IReadOnlyList<Entry> Of(AuditDurability level, string name)
    {
        Entry[] entries = [.. All.Where(entry => entry.Level == level)];
        return [entries[0], .. entries.Skip(1).Where(entry => entry.Name.Contains(name, StringComparison.OrdinalIgnoreCase))];
    }

    private static Func<string, int, IContender> Synced(Func<string, IContender> open, bool locked) =>
        (directory, _) => new HandMadeSync(directory, open(directory), locked);
}
