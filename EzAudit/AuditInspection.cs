using EzAudit.Extensibility;
using EzAudit.Inspection;
using EzAudit.Records;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;
using EzAudit.Storage.Linux;
using EzAudit.Writing;
using EzAudit.Writing.Building;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EzAudit;

/// <summary>What a writer would make of the settings of a root, found out by the same code: for tools that check and explain. Immutable.</summary>
public sealed class AuditInspection
{
    private readonly SettingsDocument _document;

    private AuditInspection(CompositionResult result, IReadOnlyCollection<AuditFunction> functions)
    {
        _document = result.Document;
        Functions = functions;
        var audit = new SettingFinder(_document.Audit);
        Audit = audit.Find("Audit", "disabled", SettingsSchema.Audit);
        IsEnabled = Audit.Value == "enabled";
        AuditSetting timeZone = new SettingFinder(_document.Site).Find("TimeZone", "UTC", SettingsSchema.TimeZone);
        Settings = [Audit, new SettingFinder(_document.Site).Find("VarDir", "var", SettingsSchema.Files), audit.Find("LogDir", "log/audit", SettingsSchema.Audit), timeZone];
        Routes = result.Settings is { } settings ? new RouteReader(settings, _document).Read() : [];
        Directories = [.. Routes
            .SelectMany(route => route.Targets).Select(target => Path.GetDirectoryName(target.Path)).OfType<string>()
            .Distinct(StringComparer.Ordinal).Select(DirectoryState.Of)];
        Instant now = SystemClock.Instance.GetCurrentInstant();
        AuditSettingsProblem? clocks = result.Settings is { } known ? ClockChange.Warning(known.TimeZone, now, timeZone) : null;
        Problems = clocks is null ? result.Problems : [.. result.Problems, clocks];
    }

    /// <summary>The directory that holds <c>settings/</c>, absolute.</summary>
    public string Root => _document.Source.Root;

    /// <summary>The settings files that were read, relative to the root, in the order in which they were; a later one wins.</summary>
    public IReadOnlyList<string> SettingsFiles => _document.Files;

    /// <summary>The line that turns audit on or off.</summary>
    public AuditSetting Audit { get; }

    /// <summary>Whether audit is on.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whether a writer would start: no problem is more than a warning.</summary>
    public bool CanStart => !Problems.Any(problem => !problem.IsWarning);

    /// <summary>Everything that is wrong, also with directories and disks when audit is on; and what is worth a warning.</summary>
    public IReadOnlyList<AuditSettingsProblem> Problems { get; }

    /// <summary>The settings that hold for everything.</summary>
    public IReadOnlyList<AuditSetting> Settings { get; }

    /// <summary>The functions that plugins define, and those by which the audit trail records itself.</summary>
    public IReadOnlyCollection<AuditFunction> Functions { get; }

    /// <summary>For each function that has a line, and for <c>*</c>, where its records go. Empty where the settings make no sense.</summary>
    public IReadOnlyList<AuditRoute> Routes { get; }

    /// <summary>The directories of the log files, each once.</summary>
    public IReadOnlyList<AuditLogDirectory> Directories { get; }

    /// <summary>Reads, checks and tries out the settings of a root. Leaves nothing behind.</summary>
    /// <param name="root">The directory that holds <c>settings/</c>; without one it is found as the writer finds it.</param>
    /// <param name="siteAccess">The active siteaccess; without one that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</param>
    /// <param name="plugins">Plugins besides those that audit.ini names.</param>
    public static AuditInspection Of(string? root = null, string? siteAccess = null, IEnumerable<IAuditPlugin>? plugins = null)
    {
        var source = new SettingsSource(root is null ? AuditRoot.Find() : Path.GetFullPath(root), siteAccess ?? AuditRoot.SiteAccess);
        // Everything worth telling is among the problems.
        var diagnostics = new Diagnostics(NullLogger.Instance);
        var parts = new WriterOptions(source, TimeProvider.System, Environment.MachineName, [.. plugins ?? []], diagnostics) { IsTrial = true };
        using var shared = new WriterServices(parts);
        CompositionResult result = new Composer(parts, shared).Compose();
        result.Table?.Close();
        return new AuditInspection(result, [.. shared.Registry.Functions]);
    }

    /// <summary>The route of a function: its own, or that of <c>*</c>; <see langword="null"/> where no line names a file for it.</summary>
    public AuditRoute? RouteOf(string function) =>
        Routes.FirstOrDefault(route => route.Function == function)
        ?? (AuditFunctionName.IsValid(function) ? Routes.FirstOrDefault(route => route.Function == RouteTable.CatchAll) : null);

    /// <summary>The lines that have to do with whether a function is written, in the order in which they are read: the last one decides.</summary>
    public IReadOnlyList<AuditSetting> LinesOf(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return [.. FunctionHistory.Of(function, _document.AuditLayers)];
    }
}
