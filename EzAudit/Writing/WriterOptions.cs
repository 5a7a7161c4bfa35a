using System.Diagnostics.Metrics;
using EzAudit.Extensibility;
using EzAudit.Settings.Sources;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>What a writer is built from, besides what the settings say.</summary>
internal sealed record WriterOptions(
    SettingsSource Source, TimeProvider TimeProvider, string HostName, IReadOnlyList<IAuditPlugin> Plugins, Diagnostics Diagnostics)
{
    /// <summary>The same time for code that computes with NodaTime.</summary>
    public IClock Clock { get; } = TimeProvider == TimeProvider.System ? SystemClock.Instance : new TimeProviderClock(TimeProvider);

    /// <summary>The name of a writer that is not the host's own; <see langword="null"/> for that one.</summary>
    public string? Name { get; init; }

    /// <summary>Makes its meter; <see langword="null"/> where no host does.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Whether it is all built only to be looked at: old files are then left as they are.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Whether the audit trail records its own start and stop.</summary>
    public bool RecordsStartAndStop { get; init; } = true;
}

/// <summary>Tells NodaTime the time of a <see cref="TimeProvider"/>.</summary>
internal sealed class TimeProviderClock(TimeProvider timeProvider) : IClock
{
    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(timeProvider.GetUtcNow());
}
