using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;
using NodaTime;

namespace EzAudit.Settings.Sections;

/// <summary>Checks the names and values of a document, and returns the snapshot or all problems together.</summary>
internal static class SettingsChecker
{
    public static SettingsResult Check(SettingsDocument document, SettingsVocabulary vocabulary)
    {
        var problems = new ProblemList(document.Problems);
        var names = new NameCheck(problems, vocabulary, document.Audit);
        foreach (IniFile layer in document.SiteLayers) names.CheckSite(layer);
        foreach (IniFile layer in document.AuditLayers) names.CheckAudit(layer);

        AuditSettings settings = Read(document, vocabulary, problems);
        CheckPlugins(document.Audit, problems);
        UnavailableSettings.Refuse(document.Audit, problems);
        return new SettingsResult(problems.HasErrors ? null : settings, problems.InOrderOf(document.Files));
    }

    private static AuditSettings Read(SettingsDocument document, SettingsVocabulary vocabulary, ProblemList problems)
    {
        MergedIni audit = document.Audit;
        var values = new SectionValues(audit, SettingsSchema.Audit, problems);
        var files = new SectionValues(document.Site, SettingsSchema.Files, problems);
        IReadOnlyDictionary<string, Located<string>> fileNames = FileNames.Read(values);
        var parts = new ComponentSections(audit, vocabulary, problems);
        var functions = new FunctionSections(audit, parts, problems);
        var rotation = new RotationSections(audit, problems);
        FunctionSettings functionDefaults = functions.ReadDefaults();
        RotationSettings rotationDefaults = rotation.ReadDefaults();
        CheckExtensions(document.Site, problems);

        return new AuditSettings
        {
            Root = document.Source.Root,
            Enabled = values.Read("Audit", ValueRules.Audit, false),
            LogDirectory = ReadLogDirectory(values, files),
            FileNames = fileNames,
            OnUnknownFunction = values.Read("OnUnknownFunction", ValueRules.OnUnknownFunction, UnknownFunctionPolicy.Report),
            Limits = ReadLimits(values),
            Defaults = functionDefaults,
            Functions = functions.ReadFunctions(functionDefaults, fileNames),
            Rotation = rotationDefaults,
            FileRotation = rotation.ReadFiles(rotationDefaults, fileNames),
            Disk = ReadDisk(new SectionValues(audit, SettingsSchema.Disk, problems)),
            Redaction = new RedactionSection(audit, document.Source, problems).Read(),
            Targets = parts.Targets,
            Formats = parts.Formats,
            PluginSections = new PluginSections(audit, vocabulary.Sections, problems).Read(),
            FileMode = files.Read("LogFilePermissions", ValueRules.FilePermissions, UnixFileMode.UserRead | UnixFileMode.UserWrite),
            DirectoryMode = files.Read(
                "StorageDirPermissions", ValueRules.DirectoryPermissions, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
            OthersMayWriteFiles = PermissionsText.AsksForOthersToWrite(files.Find("LogFilePermissions")?.Text?.Value),
            OthersMayWriteDirectories = PermissionsText.AsksForOthersToWrite(files.Find("StorageDirPermissions")?.Text?.Value),
            TimeZone = new SectionValues(document.Site, SettingsSchema.TimeZone, problems).Read("TimeZone", ValueRules.TimeZone, DateTimeZone.Utc),
            AnonymousUserId = new SectionValues(document.Site, SettingsSchema.User, problems).Read("AnonymousUserID", ValueRules.ActorId, "10"),
        };
    }

    private static DiskSettings ReadDisk(SectionValues values)
    {
        var absent = new DiskSettings();
        return new DiskSettings
        {
            LowSpace = values.Read("LowSpace", ValueRules.Size, absent.LowSpace),
            CriticalSpace = values.Read("CriticalSpace", ValueRules.Size, absent.CriticalSpace),
            Reserve = values.Read("Reserve", ValueRules.Size, absent.Reserve),
        };
    }

    private static RecordLimits ReadLimits(SectionValues values)
    {
        var limits = new RecordLimits();
        return new RecordLimits
        {
            MaxFieldBytes = values.Read("MaxFieldBytes", ValueRules.Limit, limits.MaxFieldBytes),
            MaxRecordBytes = values.Read("MaxRecordBytes", ValueRules.Limit, limits.MaxRecordBytes),
            MaxFields = values.Read("MaxFields", ValueRules.FieldCount, limits.MaxFields),
        };
    }

    private static string ReadLogDirectory(SectionValues audit, SectionValues files)
    {
        string varDir = ReadDirectory(files, "VarDir", LogDirectory.CheckVarDir) ?? "var";
        string logDir = ReadDirectory(audit, "LogDir", LogDirectory.CheckLogDir) ?? "log/audit";
        return LogDirectory.Join(varDir, logDir);
    }

    private static string? ReadDirectory(SectionValues values, string key, Func<string, string?> check)
    {
        if (!values.TryText(key, out Located<string>? text)) return null;
        if (check(text.Value) is { } expected)
        {
            values.Problems.Add(text.Place, Quoted.Text(text.Value), expected);
            return null;
        }
        PlainText.Check(values.Problems, text, Quoted.Text(text.Value), "a directory");
        return text.Value;
    }

    private static void CheckPlugins(MergedIni audit, ProblemList problems)
    {
        if (!new SectionValues(audit, SettingsSchema.Plugins, problems).TryEntries("Plugins", out IReadOnlyList<IniEntry>? entries)) return;
        foreach (IniEntry entry in entries)
        {
            if (!PluginName.IsValid(entry.Value)) problems.Add(entry.Place, $"plugin {Quoted.Text(entry.Value)}", PluginName.Expected);
        }
    }

    // Their names were checked when their files were located.
    private static void CheckExtensions(MergedIni site, ProblemList problems)
    {
        var values = new SectionValues(site, SettingsSchema.Extensions, problems);
        _ = values.TryEntries("ActiveExtensions", out _);
        _ = values.TryEntries("ActiveAccessExtensions", out _);
    }
}

/// <summary>The settings, or why there are none; warnings in either case.</summary>
/// <param name="Settings">The settings; <see langword="null"/> if any problem is an error.</param>
/// <param name="Problems">All problems of all files, in the order of the files.</param>
internal sealed record SettingsResult(AuditSettings? Settings, IReadOnlyList<AuditSettingsProblem> Problems);
