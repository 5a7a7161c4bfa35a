using EzAudit.Extensibility;
using EzAudit.Settings;
using NodaTime;

namespace EzAudit.Composition;

/// <summary>What a writer is built from, besides what the settings say.</summary>
internal sealed record WriterParts(
    SettingsSource Source, IClock Clock, string HostName, IReadOnlyList<IAuditPlugin> Plugins, Diagnostics Diagnostics)
{
    /// <summary>Whether it is all built only to be looked at: old files are then left as they are.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Whether the audit trail records its own start and stop.</summary>
    public bool RecordsStartAndStop { get; init; } = true;
}
