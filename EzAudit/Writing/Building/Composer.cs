using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;

namespace EzAudit.Writing.Building;

/// <summary>Composes the routes from settings and plugins, at startup and at every reload.</summary>
internal sealed class Composer(WriterOptions options, WriterServices services)
{
    private readonly SettingsComposer _settings = new(options.Source, options.Plugins, services.Registry);

    /// <summary>Reads, checks, tests and builds. Log files are not opened before their first records.</summary>
    public CompositionResult Compose()
    {
        var problems = new List<AuditSettingsProblem>();
        AuditSettings? settings = _settings.Compose(problems, out SettingsDocument document);
        RouteTable? table = settings is null ? null : new RouteBuilder(options, services, settings, problems).Build();
        return new CompositionResult(table, problems, document, settings);
    }
}

/// <summary>The routes, or why there are none, and any warnings.</summary>
/// <param name="Table">The routes; <see langword="null"/> if any problem is more than a warning.</param>
/// <param name="Problems">All problems.</param>
/// <param name="Document">The settings files as they were read.</param>
/// <param name="Settings">The checked settings, even if no routes can be built from them; <see langword="null"/> if they are invalid.</param>
internal sealed record CompositionResult(
    RouteTable? Table, IReadOnlyList<AuditSettingsProblem> Problems, SettingsDocument Document, AuditSettings? Settings);
