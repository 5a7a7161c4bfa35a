using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;

namespace EzAudit.Composition;

/// <summary>Makes routes of what the settings say and the plugins bring: at the start and at every reload.</summary>
internal sealed class Composer(WriterParts parts, WriterShared shared)
{
    private readonly SettingsComposer _settings = new(parts.Source, parts.Plugins, shared.Registry);

    /// <summary>Reads, checks, tries out and builds. Log files are left to their first records to open.</summary>
    public CompositionResult Compose()
    {
        var problems = new List<AuditSettingsProblem>();
        AuditSettings? settings = _settings.Compose(problems, out SettingsDocument document);
        RouteTable? table = settings is null ? null : new RouteBuilder(parts, shared, settings, problems).Build();
        return new CompositionResult(table, problems, document, settings);
    }
}
