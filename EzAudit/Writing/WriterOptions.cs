using System.Diagnostics.Metrics;
using EzAudit.Extensibility;
using EzAudit.Settings.Sources;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>Everything a writer is built from, other than the settings.</summary>
internal sealed record WriterOptions(
    SettingsSource Source, TimeProvider TimeProvider, string HostName, IReadOnlyList<IAuditPlugin> Plugins, Diagnostics Diagnostics)
{
    /// <summary>The usual length of a segment of a ledger.</summary>
    public const long DefaultSegmentBytes = 64 << 20;

    /// <summary>The same time for code that computes with NodaTime.</summary>
    public IClock Clock { get; } = TimeProvider == TimeProvider.System ? SystemClock.Instance : new TimeProviderClock(TimeProvider);

    /// <summary>The name of a writer other than the host's default one; <see langword="null"/> for that one.</summary>
    public string? Name { get; init; }

    /// <summary>Creates the meter; <see langword="null"/> without a host.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Whether the writer is built only for a test, which leaves old files alone.</summary>
    public bool IsTrial { get; init; }

    /// <summary>The length from which a segment of a ledger is full. Not a setting: only tests want another one.</summary>
    public long LedgerSegmentBytes { get; init; } = DefaultSegmentBytes;

    /// <summary>Whether the audit trail records its own start and stop.</summary>
    public bool RecordsStartAndStop { get; init; } = true;
}

/// <summary>Tells NodaTime the time of a <see cref="TimeProvider"/>.</summary>
internal sealed class TimeProviderClock(TimeProvider timeProvider) : IClock
{
    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(timeProvider.GetUtcNow());
}
