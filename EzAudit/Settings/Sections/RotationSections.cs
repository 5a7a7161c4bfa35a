using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads <c>[RotationSettings]</c> and the sections <c>[Rotation-FILENAME]</c>.</summary>
internal sealed class RotationSections(MergedIni audit, SettingsProblems problems)
{
    public RotationSettings ReadDefaults() => Read(SettingsSchema.Rotation, new RotationSettings());

    public IReadOnlyDictionary<string, RotationSettings> ReadFiles(RotationSettings defaults, IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        var files = new Dictionary<string, RotationSettings>(StringComparer.Ordinal);
        foreach (LocatedText section in audit.Sections)
        {
            if (!section.Value.StartsWith(SettingsSchema.RotationPrefix, StringComparison.Ordinal)) continue;
            string name = section.Value[SettingsSchema.RotationPrefix.Length..];
            if (name.Length == 0) continue;
            if (NameRules.CheckLogFile(name) is { } expected) problems.Add(section.Place, $"file {Quoted.Text(name)}", expected);
            else if (!fileNames.Values.Any(file => file.Value == name))
            {
                problems.Warn(section.Place, $"{Quoted.Text($"[{section.Value}]")}, where no function is written", $"a file of AuditFileNames in [{SettingsSchema.Audit}]");
            }
            files[name] = Read(section.Value, defaults);
        }
        return files;
    }

    private RotationSettings Read(string section, RotationSettings defaults)
    {
        var values = new SectionValues(audit, section, problems);
        return new RotationSettings
        {
            MaxFileSize = values.Read("MaxFileSize", ValueRules.Size, defaults.MaxFileSize),
            Interval = values.Read("Interval", ValueRules.Interval, defaults.Interval),
            Naming = values.Read("Naming", ValueRules.Naming, defaults.Naming),
            KeepFiles = values.Read("KeepFiles", ValueRules.KeptFiles, defaults.KeepFiles),
            KeepDays = values.Read("KeepDays", ValueRules.KeptDays, defaults.KeepDays),
            MinKeepDays = values.Read("MinKeepDays", ValueRules.Days, defaults.MinKeepDays),
            Compress = values.Read("Compress", ValueRules.Compress, defaults.Compress),
        };
    }
}
