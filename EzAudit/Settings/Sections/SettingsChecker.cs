using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;
using NodaTime;

namespace EzAudit.Settings.Sections;

/// <summary>Checks the names and values of a document, and turns it into settings.</summary>
internal sealed class SettingsChecker(SettingsDocument document, SettingsVocabulary vocabulary, SettingsProblems problems)
{
    // Described in the documentation, but not available in this version: only the value that changes nothing is accepted.
    private static readonly (string Section, string Key, string Value, string Expected)[] Unavailable =
    [
        (SettingsSchema.Plugins, "PluginDir", "", "no such line"),
    ];

    private readonly MergedIni _audit = document.Audit;

    /// <summary>Returns the settings; <see langword="null"/> if there are errors, including those found earlier.</summary>
    public static AuditSettings? Check(SettingsDocument document, SettingsVocabulary vocabulary, SettingsProblems problems) =>
        new SettingsChecker(document, vocabulary, problems).Check();

    private AuditSettings? Check()
    {
        var names = new NameCheck(problems, vocabulary, _audit);
        foreach (IniFile layer in document.SiteLayers) names.CheckSite(layer);
        foreach (IniFile layer in document.AuditLayers) names.CheckAudit(layer);

        AuditSettings settings = Read();
        CheckPlugins();
        RefuseUnavailable();
        problems.SortBy([.. document.Files, ConfigurationLayer.Name]);
        return problems.HasErrors ? null : settings;
    }

    private AuditSettings Read()
    {
        SectionValues values = AuditValues(SettingsSchema.Audit);
        SectionValues files = SiteValues(SettingsSchema.Files);
        IReadOnlyDictionary<string, LocatedText> fileNames = FileNames.Read(values);
        var components = new ComponentSections(_audit, vocabulary, problems);
        var functions = new FunctionSections(_audit, components, problems);
        FunctionSettings functionDefaults = functions.ReadDefaults();
        RotationSettings rotationDefaults = ReadRotation(SettingsSchema.Rotation, new RotationSettings());
        string logDirectory = ReadLogDirectory(values, files);
        CheckExtensions();

        return new AuditSettings
        {
            Root = document.Source.Root,
            Enabled = values.Read("Audit", ValueRules.Audit, false),
            LogDirectory = logDirectory,
            FileNames = fileNames,
            OnUnknownFunction = values.Read("OnUnknownFunction", ValueRules.OnUnknownFunction, UnknownFunctionPolicy.Report),
            Limits = ReadLimits(values),
            Defaults = functionDefaults,
            Functions = functions.ReadFunctions(functionDefaults, fileNames),
            Rotation = rotationDefaults,
            FileRotation = ReadFileRotation(rotationDefaults, fileNames),
            Disk = ReadDisk(),
            Redaction = new RedactionSection(_audit, document.Source, problems).Read(),
            Seal = new SealSection(_audit, components, problems).Read(document.Source.Root, logDirectory, fileNames),
            Holds = new HoldSections(_audit, problems).Read(fileNames),
            Targets = components.Targets,
            Formats = components.Formats,
            Anchors = components.Anchors,
            Signers = components.Signers,
            PluginSections = components.ReadPluginSections(vocabulary.Sections),
            FileMode = files.Read("LogFilePermissions", ValueRules.FilePermissions, UnixFileMode.UserRead | UnixFileMode.UserWrite),
            DirectoryMode = files.Read(
                "StorageDirPermissions", ValueRules.DirectoryPermissions, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
            OthersMayWriteFiles = AsksForOthersToWrite(files, "LogFilePermissions"),
            OthersMayWriteDirectories = AsksForOthersToWrite(files, "StorageDirPermissions"),
            TimeZone = SiteValues(SettingsSchema.TimeZone).Read("TimeZone", ValueRules.TimeZone, DateTimeZone.Utc),
            AnonymousUserId = SiteValues(SettingsSchema.User).Read("AnonymousUserID", ValueRules.ActorId, "10"),
        };
    }

    private SectionValues AuditValues(string section) => new(_audit, section, problems);

    private SectionValues SiteValues(string section) => new(document.Site, section, problems);

    private RotationSettings ReadRotation(string section, RotationSettings absent)
    {
        SectionValues values = AuditValues(section);
        return new RotationSettings
        {
            MaxFileSize = values.Read("MaxFileSize", ValueRules.Size, absent.MaxFileSize),
            Interval = values.Read("Interval", ValueRules.Interval, absent.Interval),
            Naming = values.Read("Naming", ValueRules.Naming, absent.Naming),
            KeepFiles = values.Read("KeepFiles", ValueRules.KeptFiles, absent.KeepFiles),
            KeepDays = values.Read("KeepDays", ValueRules.KeptDays, absent.KeepDays),
            MinKeepDays = values.Read("MinKeepDays", ValueRules.Days, absent.MinKeepDays),
            Compress = values.Read("Compress", ValueRules.Compress, absent.Compress),
        };
    }

    private Dictionary<string, RotationSettings> ReadFileRotation(RotationSettings defaults, IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        var files = new Dictionary<string, RotationSettings>(StringComparer.Ordinal);
        foreach (LocatedText section in _audit.Sections)
        {
            if (!section.Value.StartsWith(SettingsSchema.RotationPrefix, StringComparison.Ordinal)) continue;
            string name = section.Value[SettingsSchema.RotationPrefix.Length..];
            if (name.Length == 0) continue;
            if (NameRules.CheckLogFile(name) is { } expected) problems.Add(section.Place, $"file {Quoted.Text(name)}", expected);
            else if (!fileNames.Values.Any(file => file.Value == name))
            {
                problems.Warn(section.Place, $"{Quoted.Text($"[{section.Value}]")}, where no function is written", $"a file of AuditFileNames in [{SettingsSchema.Audit}]");
            }
            files[name] = ReadRotation(section.Value, defaults);
        }
        return files;
    }

    private DiskSettings ReadDisk()
    {
        SectionValues values = AuditValues(SettingsSchema.Disk);
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
        string varDir = ReadDirectory(files, "VarDir", NameRules.CheckVarDir) ?? "var";
        string logDir = ReadDirectory(audit, "LogDir", NameRules.CheckLogDir) ?? "log/audit";
        return JoinDirectories(varDir, logDir);
    }

    private static string? ReadDirectory(SectionValues values, string key, Func<string, string?> check)
    {
        if (!values.TryText(key, out LocatedText? text)) return null;
        if (check(text.Value) is { } expected)
        {
            values.Problems.Add(text.Place, Quoted.Text(text.Value), expected);
            return null;
        }
        values.WarnAboutForeignSyntax(text, Quoted.Text(text.Value), "a directory");
        return text.Value;
    }

    /// <summary>Joins VarDir and LogDir as eZ Publish does: as text, without looking at the disk.</summary>
    /// <returns>The path, relative to the root unless VarDir is absolute; empty for the root itself.</returns>
    public static string JoinDirectories(string varDir, string logDir)
    {
        string drive = OperatingSystem.IsWindows() && varDir is [_, ':', '/', ..] ? varDir[..2] : "";
        string path = $"{varDir[drive.Length..]}/{logDir}";
        bool isAbsolute = path[0] == '/';
        var segments = new List<string>();
        foreach (string segment in path.Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment != ".." || (!isAbsolute && segments.LastOrDefault("..") == "..")) segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
        }
        return drive + (isAbsolute ? "/" : "") + string.Join('/', segments);
    }

    private static bool AsksForOthersToWrite(SectionValues files, string key) => files.Find(key)?.Text?.Value is [.., '2' or '3' or '6' or '7'];

    private void CheckPlugins()
    {
        if (!AuditValues(SettingsSchema.Plugins).TryEntries("Plugins", out IReadOnlyList<LocatedText>? entries)) return;
        foreach (LocatedText entry in entries)
        {
            if (NameRules.CheckPlugin(entry.Value) is { } expected) problems.Add(entry.Place, $"plugin {Quoted.Text(entry.Value)}", expected);
        }
    }

    // Their names were checked when their files were located.
    private void CheckExtensions()
    {
        SectionValues values = SiteValues(SettingsSchema.Extensions);
        _ = values.TryEntries("ActiveExtensions", out _);
        _ = values.TryEntries("ActiveAccessExtensions", out _);
    }

    private void RefuseUnavailable()
    {
        foreach ((string section, string key, string value, string expected) in Unavailable)
        {
            if (_audit.Find(section, key) is not { } set || set.Text?.Value == value) continue;
            string found = set.Text is { } text ? $"{key}={text.Value}" : $"{key}[]";
            problems.Add(set.Place, Quoted.Text(found), $"{expected}: not available in this version");
        }
    }
}
