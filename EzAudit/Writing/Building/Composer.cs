using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;

namespace EzAudit.Writing.Building;

/// <summary>Makes routes of what the settings say and the plugins bring: at the start and at every reload.</summary>
internal sealed class Composer(WriterOptions parts, WriterServices shared)
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

/// <summary>Routes, or why there are none; warnings in either case.</summary>
/// <param name="Table">The routes; <see langword="null"/> when a problem is no warning.</param>
/// <param name="Problems">All problems.</param>
/// <param name="Document">What was read.</param>
/// <param name="Settings">What it means, also where routes cannot be made of it; <see langword="null"/> when it makes no sense.</param>
internal sealed record CompositionResult(
    RouteTable? Table, IReadOnlyList<AuditSettingsProblem> Problems, SettingsDocument Document, AuditSettings? Settings);
