using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;
using NodaTime;

namespace EzAudit.Settings.Sections;

/// <summary>Checks the names and values of a document, and turns it into settings.</summary>
internal static class SettingsChecker
{
    // Described in the documentation, but not available in this version: only the value that changes nothing is accepted.
    private static readonly (string Section, string Key, string Value, string Expected)[] Unavailable =
    [
        (SettingsSchema.Plugins, "PluginDir", "", "no such line"),
        (SettingsSchema.Seal, "Seal", "disabled", "\"disabled\""),
    ];

    /// <summary>Returns the settings; <see langword="null"/> if there are errors, including those found earlier.</summary>
    public static AuditSettings? Check(SettingsDocument document, SettingsVocabulary vocabulary, SettingsProblems problems)
    {
        var names = new NameCheck(problems, vocabulary, document.Audit);
        foreach (IniFile layer in document.SiteLayers) names.CheckSite(layer);
        foreach (IniFile layer in document.AuditLayers) names.CheckAudit(layer);

        AuditSettings settings = Read(document, vocabulary, problems);
        CheckPlugins(document.Audit, problems);
        RefuseUnavailable(document.Audit, problems);
        problems.SortBy([.. document.Files, ConfigurationLayer.Name]);
        return problems.HasErrors ? null : settings;
    }

    private static AuditSettings Read(SettingsDocument document, SettingsVocabulary vocabulary, SettingsProblems problems)
    {
        MergedIni audit = document.Audit;
        var values = new SectionValues(audit, SettingsSchema.Audit, problems);
        var files = new SectionValues(document.Site, SettingsSchema.Files, problems);
        IReadOnlyDictionary<string, LocatedText> fileNames = FileNames.Read(values);
        var components = new ComponentSections(audit, vocabulary, problems);
        var functions = new FunctionSections(audit, components, problems);
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
            Targets = components.Targets,
            Formats = components.Formats,
            PluginSections = components.ReadPluginSections(vocabulary.Sections),
            FileMode = files.Read("LogFilePermissions", ValueRules.FilePermissions, UnixFileMode.UserRead | UnixFileMode.UserWrite),
            DirectoryMode = files.Read(
                "StorageDirPermissions", ValueRules.DirectoryPermissions, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
            OthersMayWriteFiles = ValueText.AsksForOthersToWrite(files.Find("LogFilePermissions")?.Text?.Value),
            OthersMayWriteDirectories = ValueText.AsksForOthersToWrite(files.Find("StorageDirPermissions")?.Text?.Value),
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
        if (!values.TryText(key, out LocatedText? text)) return null;
        if (check(text.Value) is { } expected)
        {
            values.Problems.Add(text.Place, Quoted.Text(text.Value), expected);
            return null;
        }
        ForeignSyntax.WarnAbout(text, Quoted.Text(text.Value), "a directory", values.Problems);
        return text.Value;
    }

    private static void CheckPlugins(MergedIni audit, SettingsProblems problems)
    {
        if (!new SectionValues(audit, SettingsSchema.Plugins, problems).TryEntries("Plugins", out IReadOnlyList<LocatedText>? entries)) return;
        foreach (LocatedText entry in entries)
        {
            if (NameRules.CheckPlugin(entry.Value) is { } expected) problems.Add(entry.Place, $"plugin {Quoted.Text(entry.Value)}", expected);
        }
    }

    // Their names were checked when their files were located.
    private static void CheckExtensions(MergedIni site, SettingsProblems problems)
    {
        var values = new SectionValues(site, SettingsSchema.Extensions, problems);
        _ = values.TryEntries("ActiveExtensions", out _);
        _ = values.TryEntries("ActiveAccessExtensions", out _);
    }

    private static void RefuseUnavailable(MergedIni audit, SettingsProblems problems)
    {
        foreach ((string section, string key, string value, string expected) in Unavailable)
        {
            if (audit.Find(section, key) is not { } set || set.Text?.Value == value) continue;
            string found = set.Text is { } text ? $"{key}={text.Value}" : $"{key}[]";
            problems.Add(set.Place, Quoted.Text(found), $"{expected}: not available in this version");
        }
    }
}
