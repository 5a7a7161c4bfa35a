using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Sealing.Anchors;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Settings.Schema;

/// <summary>Compares docs/configuration.md with the sections and keys that the code knows.</summary>
[TestClass]
public sealed partial class ConfigurationPageTests
{
    private const string TargetTitle = "[Target-NAME] with Type=";
    private const string SpoolTitle = "Targets with a spool";
    private const string FormatTitle = "[Format-NAME] with Type=";
    private const string AnchorTitle = "[Anchor-NAME] with Type=";

    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs", "configuration.md"));

    private static readonly AuditRegistry Registry = RegisterAll();

    [TestMethod]
    public void ThePageHasEverySectionAndKeyAndNoOther()
    {
        string[] known = [.. SchemaKeys().Concat(PluginKeys()).Distinct().Order(StringComparer.Ordinal)];

        string[] onPage = [.. PageKeys().Select(key => $"{key.Section} {NameOf(key.Key)}").Order(StringComparer.Ordinal)];

        Assert.AreEqual(string.Join('\n', known), string.Join('\n', onPage));
    }

    [TestMethod]
    public void ArraysAreWrittenAsArrays()
    {
        Dictionary<string, SettingKind> kinds = Sections().SelectMany(section => section.Keys.Select(key => ($"{TitleOf(section)} {key.Key}", key.Value))).ToDictionary();

        foreach ((string section, string key) in PageKeys())
        {
            if (!kinds.TryGetValue($"{section} {NameOf(key)}", out SettingKind kind)) continue;
            Assert.AreEqual(kind != SettingKind.Text, key.Contains('[', StringComparison.Ordinal), $"{section} {key}");
        }
    }

    [TestMethod]
    [DataRow("[AuditSettings]", "Audit")]
    [DataRow("[AuditSettings]", "OnUnknownFunction")]
    [DataRow("[SealSettings]", "Seal")]
    [DataRow("[FunctionDefaults]", "Durability")]
    [DataRow("[FunctionDefaults]", "OnFailure")]
    [DataRow("[RotationSettings]", "Interval")]
    [DataRow("[RotationSettings]", "Naming")]
    [DataRow("[RotationSettings]", "Compress")]
    [DataRow("[RedactionSettings]", "Mode")]
    [DataRow("[RedactionSettings]", "Cards")]
    [DataRow("[Target-NAME]", "Required")]
    public void ThePageHasEveryAllowedWord(string section, string key)
    {
        string expected = key switch
        {
            "Audit" => ValueRules.Audit.Expected,
            "OnUnknownFunction" => ValueRules.OnUnknownFunction.Expected,
            "Seal" => ValueRules.Seal.Expected,
            "Durability" => ValueRules.Durability.Expected,
            "OnFailure" => ValueRules.OnFailure.Expected,
            "Interval" => ValueRules.Interval.Expected,
            "Naming" => ValueRules.Naming.Expected,
            "Compress" => ValueRules.Compress.Expected,
            "Mode" => ValueRules.RedactionMode.Expected,
            "Cards" => ValueRules.Cards.Expected,
            _ => ValueRules.Required.Expected,
        };
        string[] allowed = [.. QuotedWord().Matches(expected).Select(word => word.Groups[1].Value)];

        string values = Rows().Single(row => row.Section == section && row.Key == key).Values;

        CollectionAssert.AreEqual(allowed, CodeWord().Matches(values).Select(word => word.Groups[1].Value).ToArray());
    }

    [TestMethod]
    public void TheDefaultsOnThePageAreThoseOfTheCode()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        AuditSettings settings = folder.Settings;

        Assert.AreEqual(settings.Enabled ? "enabled" : "disabled", DefaultOf("[AuditSettings]", "Audit"));
        Assert.AreEqual(settings.LogDirectory, $"{DefaultOf("[FileSettings]", "VarDir")}/{DefaultOf("[AuditSettings]", "LogDir")}");
        Assert.AreEqual(settings.OnUnknownFunction.ToString(), DefaultOf("[AuditSettings]", "OnUnknownFunction"), ignoreCase: true);
        Assert.AreEqual(settings.Limits.MaxFields.ToString(CultureInfo.InvariantCulture), DefaultOf("[AuditSettings]", "MaxFields"));
        Assert.AreEqual(settings.Limits.MaxFieldBytes, SizeOf(DefaultOf("[AuditSettings]", "MaxFieldBytes")));
        Assert.AreEqual(settings.Limits.MaxRecordBytes, SizeOf(DefaultOf("[AuditSettings]", "MaxRecordBytes")));
        Assert.AreEqual(settings.Defaults.Durability.ToString(), DefaultOf("[FunctionDefaults]", "Durability"), ignoreCase: true);
        Assert.AreEqual(settings.Defaults.OnFailure.ToString(), DefaultOf("[FunctionDefaults]", "OnFailure"), ignoreCase: true);
        Assert.AreEqual(settings.Defaults.Format, DefaultOf("[FunctionDefaults]", "Format"));
        Assert.AreEqual($"{settings.Defaults.WriteTimeout.TotalSeconds}s", DefaultOf("[FunctionDefaults]", "WriteTimeout"));
        Assert.AreEqual(settings.Rotation.MaxFileSize, SizeOf(DefaultOf("[RotationSettings]", "MaxFileSize")));
        Assert.AreEqual(settings.Rotation.Naming.ToString(), DefaultOf("[RotationSettings]", "Naming"), ignoreCase: true);
        Assert.AreEqual(settings.Seal.Enabled ? "enabled" : "disabled", DefaultOf("[SealSettings]", "Seal"));
        Assert.AreEqual(settings.Seal.LeafBytes, SizeOf(DefaultOf("[SealSettings]", "LeafBytes")));
        Assert.AreEqual($"{settings.Seal.Epoch.TotalMinutes}m", DefaultOf("[SealSettings]", "Epoch"));
        Assert.AreEqual($"{settings.Seal.AnchorInterval.TotalSeconds}s", DefaultOf("[SealSettings]", "AnchorInterval"));
        Assert.AreEqual(settings.AnonymousUserId, DefaultOf("[UserSettings]", "AnonymousUserID"));
    }

    private static IEnumerable<SchemaSection> Sections() => SettingsSchema.AuditSections.Concat(SettingsSchema.SiteSections);

    private static IEnumerable<string> SchemaKeys() => Sections().SelectMany(section => section.Keys.Keys.Select(key => $"{TitleOf(section)} {key}"));

    // As SettingsComposer passes them to the checker: every target may also have the keys of [Target-NAME], which are not repeated.
    private static IEnumerable<string> PluginKeys() =>
    [
        .. Registry.Targets.SelectMany(type => TitledKeys($"{TargetTitle}{type.Key}", type.Value.Keys)),
        $"{TargetTitle}{ComponentSection.FileTarget} Directory",
        .. Registry.Formats.SelectMany(type => type.Value.Keys.Select(key => $"{FormatTitle}{type.Key} {NameOf(key)}")),
        .. Registry.Anchors.SelectMany(type => TitledKeys($"{AnchorTitle}{type.Key}", type.Value.Keys)),
        .. Registry.Settings.SelectMany(section => section.Value.Part.Keys.Select(key => $"[{section.Key}] {NameOf(key)}")),
    ];

    // The page has the keys of all spools once.
    private static IEnumerable<string> TitledKeys(string title, IReadOnlyList<string> keys)
    {
        bool hasSpool = keys.Contains(AuditSenderType.Directory);
        return keys.Select(key => $"{(hasSpool && AuditSenderType.SpoolKeys.Contains(key) ? SpoolTitle : title)} {NameOf(key)}");
    }

    // The page says FILENAME where the schema has a common word for all sections with a prefix.
    private static string TitleOf(SchemaSection section) => section.Name == SettingsSchema.RotationPrefix ? "[Rotation-FILENAME]" : section.Title;

    private static IEnumerable<(string Section, string Key)> PageKeys() => Rows().Select(row => (row.Section, row.Key));

    private static string DefaultOf(string section, string key) =>
        CodeWord().Match(Rows().Single(row => row.Section == section && row.Key == key).Default).Groups[1].Value;

    private static long SizeOf(string text)
    {
        Assert.IsTrue(ValueRules.Size.TryParse(text, out long bytes), text);
        return bytes;
    }

    // A heading may name several sections with the same keys.
    private static List<(string Section, string Key, string Values, string Default)> Rows()
    {
        var rows = new List<(string, string, string, string)>();
        string[] sections = [];
        foreach (string line in Lines)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) sections = SectionsOf(line[4..]);
            else if (line.StartsWith("## ", StringComparison.Ordinal)) sections = [];
            else if (Row().Match(line) is { Success: true } row)
                rows.AddRange(sections.Select(section => (section, row.Groups["key"].Value, row.Groups["values"].Value, row.Groups["default"].Value)));
        }
        return rows;
    }

    private static string[] SectionsOf(string heading) =>
        heading == SpoolTitle || heading.Contains(" with Type=", StringComparison.Ordinal) ? [heading] : [.. SectionName().Matches(heading).Select(section => section.Value)];

    private static string NameOf(string key) => key.Split('[')[0];

    private static AuditRegistry RegisterAll()
    {
        var registry = new AuditRegistry();
        BuiltInFormats.AddTo(registry);
        BuiltInAnchors.AddTo(registry);
        foreach (IAuditPlugin plugin in Plugins()) plugin.Register(registry);
        return registry;
    }

    // All EzAudit assemblies next to the tests, so that a new one is not forgotten.
    private static IEnumerable<IAuditPlugin> Plugins() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "EzAudit.*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != typeof(ConfigurationPageTests).Assembly.GetName().Name)
            .Order(StringComparer.Ordinal)
            .SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => typeof(IAuditPlugin).IsAssignableFrom(type) && type is { IsAbstract: false, IsInterface: false })
            .Where(type => type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (IAuditPlugin)Activator.CreateInstance(type)!);

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z0-9]+(?:\[[A-Z]*\])?)` \| (?<values>[^|]*) ?\| (?<default>[^|]*) ?\| [^|]+ \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\[[A-Za-z]+(?:-[A-Z]+)?\]")]
    private static partial Regex SectionName();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex QuotedWord();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeWord();
}
