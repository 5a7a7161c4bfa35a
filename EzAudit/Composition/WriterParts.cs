using EzAudit.Extensibility;
using EzAudit.Settings;
using NodaTime;

namespace EzAudit.Composition;

/// <summary>What a writer is built from, besides what the settings say.</summary>
internal sealed record WriterParts(
    SettingsSource Source, IClock Clock, string HostName, IReadOnlyList<IAuditPlugin> Plugins, Diagnostics Diagnostics);
