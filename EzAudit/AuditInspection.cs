using EzAudit.Extensibility;
using EzAudit.Inspection;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;
using EzAudit.Storage.Platform;
using EzAudit.Writing;
using EzAudit.Writing.Building;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.TimeZones;

namespace EzAudit;

/// <summary>What a writer would make of the settings of a root, determined by the same code; for tools that check and explain settings. Immutable.</summary>
public sealed class AuditInspection
{
    private static readonly Duration Year = Duration.FromDays(366);

    private readonly SettingsDocument _document;
    private readonly SettingFinder _finder;

    private AuditInspection(ComposedSettings composed, IReadOnlyCollection<AuditFunction> functions)
    {
        _document = composed.Document;
        Functions = functions;
        _finder = new SettingFinder(_document);
        Audit = _finder.FindAudit("Audit", "disabled", SettingsSchema.Audit);
        IsEnabled = Audit.Value == "enabled";
        AuditSetting timeZone = _finder.FindSite("TimeZone", "UTC", SettingsSchema.TimeZone);
        Settings = [Audit, _finder.FindSite("VarDir", "var", SettingsSchema.Files), _finder.FindAudit("LogDir", "log/audit", SettingsSchema.Audit), timeZone];
        Routes = composed.Settings is { } settings ? _finder.RoutesOf(settings) : [];
        Holds = composed.Settings is { } held ? LegalHolds.Of(held).InForce(SystemClock.Instance.GetCurrentInstant()) : null;
        Directories = [.. Routes
            .SelectMany(route => route.Targets).Select(target => Path.GetDirectoryName(target.Path)).OfType<string>()
            .Distinct(StringComparer.Ordinal).Select(DirectoryState.Of)];
        Instant now = SystemClock.Instance.GetCurrentInstant();
        AuditSettingsProblem? clocks = composed.Settings is { } known ? WarningOfClockChange(known.TimeZone, now, timeZone) : null;
        Problems = clocks is null ? composed.Problems.All : [.. composed.Problems.All, clocks];
    }

    /// <summary>The absolute path of the directory that contains <c>settings/</c>.</summary>
    public string Root => _document.Source.Root;

    /// <summary>The settings files that were read, relative to the root, in reading order: a later file overrides an earlier one.</summary>
    public IReadOnlyList<string> SettingsFiles => _document.Files;

    /// <summary>The line that turns audit on or off.</summary>
    public AuditSetting Audit { get; }

    /// <summary>Whether audit is on.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whether a writer would start, because all problems are warnings.</summary>
    public bool CanStart => !Problems.Any(problem => !problem.IsWarning);

    /// <summary>All errors and warnings, including those about directories and disks if audit is on.</summary>
    public IReadOnlyList<AuditSettingsProblem> Problems { get; }

    /// <summary>The settings that apply to all functions.</summary>
    public IReadOnlyList<AuditSetting> Settings { get; }

    /// <summary>The functions that plugins define, and those with which EzAudit records its own events.</summary>
    public IReadOnlyCollection<AuditFunction> Functions { get; }

    /// <summary>Where records go: one route for each function that has a line, and for <c>*</c>. Empty if the settings cannot be used.</summary>
    public IReadOnlyList<AuditRoute> Routes { get; }

    /// <summary>The legal holds that are in force; <see langword="null"/> if the settings cannot be used, because then nobody knows.</summary>
    public IReadOnlyList<AuditLegalHold>? Holds { get; }

    /// <summary>The directories of the log files, without duplicates.</summary>
    public IReadOnlyList<AuditLogDirectory> Directories { get; }

    /// <summary>Reads, checks and tries out the settings of a root. Creates and changes no files.</summary>
    /// <param name="root">The directory that contains <c>settings/</c>; if <see langword="null"/>, it is found as a writer finds it.</param>
    /// <param name="siteAccess">The active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</param>
    /// <param name="plugins">Plugins in addition to those that audit.ini names.</param>
    public static AuditInspection Of(string? root = null, string? siteAccess = null, IEnumerable<IAuditPlugin>? plugins = null)
    {
        var source = new SettingsSource(root is null ? AuditRoot.Find() : Path.GetFullPath(root), siteAccess ?? AuditRoot.SiteAccess);
        // Everything worth reporting is among the problems.
        var diagnostics = new Diagnostics(NullLogger.Instance);
        var options = new WriterOptions(source, TimeProvider.System, Environment.MachineName, [.. plugins ?? []], diagnostics) { IsTrial = true };
        using var services = new WriterServices(options);
        ComposedSettings composed = new SettingsComposer(source, options.Plugins, services.Registry).Compose();
        RouteBuilder.Build(options, services, composed)?.Close();
        return new AuditInspection(composed, [.. services.Registry.Functions]);
    }

    /// <summary>The route of a function: its own or that of <c>*</c>; <see langword="null"/> if no line names a file for it.</summary>
    public AuditRoute? RouteOf(string function) =>
        Routes.FirstOrDefault(route => route.Function == function)
        ?? (AuditFunctionName.IsValid(function) ? Routes.FirstOrDefault(route => route.Function == RouteTable.CatchAll) : null);

    /// <summary>The lines that affect whether a function is written, in reading order: the last one decides.</summary>
    public IReadOnlyList<AuditSetting> LinesOf(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return [.. _finder.LinesOf(function)];
    }

    // The classic format has no offset, so the records of the hour in which the clocks go back are ambiguous.
    private static AuditSettingsProblem? WarningOfClockChange(DateTimeZone zone, Instant now, AuditSetting setting)
    {
        foreach (ZoneInterval interval in zone.GetZoneIntervals(now, now + Year))
        {
            if (!interval.HasEnd || interval.End >= now + Year) return null;
            if (zone.GetUtcOffset(interval.End) >= interval.WallOffset) continue;
            LocalDateTime end = interval.IsoLocalEnd;
            return new AuditSettingsProblem(
                setting.File ?? SettingFinder.BuiltIn,
                setting.Line,
                $"TimeZone={zone.Id}, whose clocks go back on {end.Date:uuuu-MM-dd} at {end.TimeOfDay:HH:mm}",
                "a zone without this change, such as UTC: the classic format writes no offset, so the records of that hour look like those of the hour before")
            {
                IsWarning = true,
            };
        }
        return null;
    }
}
