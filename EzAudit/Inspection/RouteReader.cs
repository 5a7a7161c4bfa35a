using System.Globalization;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;
using EzAudit.Settings.Sources;

namespace EzAudit.Inspection;

/// <summary>Describes for each function where and how the settings write its records, and which lines decide that.</summary>
internal sealed class RouteReader(AuditSettings settings, SettingsDocument document)
{
    private readonly SettingFinder _audit = new(document.Audit);
    private readonly SettingFinder _site = new(document.Site);

    public IReadOnlyList<AuditRoute> Read() => [.. settings.FileNames.Select(file => Route(file.Key, file.Value))];

    private AuditRoute Route(string function, LocatedText file)
    {
        FunctionSettings own = settings.ForFunction(function);
        AuditSetting line = SettingFinder.At(SettingsSchema.Audit, $"{FileNames.Key}[{function}]", file.Value, file.Place);
        AuditRouteTarget[] targets =
        [
            .. own.Targets.Select(name => Target(name, own.Format, file.Value, isFallback: false)),
            .. own.Fallback.Select(name => Target(name, own.Format, file.Value, isFallback: true)),
        ];
        return new AuditRoute { Function = function, FileName = line, Targets = targets, Settings = [.. Writing(function), .. Rotation(file.Value)] };
    }

    private AuditRouteTarget Target(string name, string format, string fileName, bool isFallback)
    {
        ComponentSection section = settings.Targets[name];
        string? path = section.IsFile ? Path.GetFullPath(Path.Combine(settings.DirectoryOf(section), fileName)) : null;
        return new AuditRouteTarget { Name = name, Type = section.Type, Format = section.Text(ComponentSection.Format) ?? format, Path = path, IsFallback = isFallback };
    }

    private IEnumerable<AuditSetting> Writing(string function)
    {
        string own = SettingsSchema.FunctionPrefix + function;
        var absent = new FunctionSettings();
        AuditSetting OfFunction(string key, string text) => _audit.Find(key, text, own, SettingsSchema.FunctionDefaults);
        return
        [
            OfFunction("Durability", Lower(absent.Durability)),
            OfFunction("OnFailure", Lower(absent.OnFailure)),
            OfFunction("WriteTimeout", $"{absent.WriteTimeout.TotalSeconds}s"),
            OfFunction("Format", absent.Format),
            OfFunction("ExtraFields", ""),
            OfFunction("Redact", ""),
            _site.Find("LogFilePermissions", "0600", SettingsSchema.Files),
            _site.Find("StorageDirPermissions", "0700", SettingsSchema.Files),
            _site.Find("TimeZone", "UTC", SettingsSchema.TimeZone),
        ];
    }

    private IEnumerable<AuditSetting> Rotation(string fileName)
    {
        string own = SettingsSchema.RotationPrefix + fileName;
        var absent = new RotationSettings();
        AuditSetting OfFile(string key, string text) => _audit.Find(key, text, own, SettingsSchema.Rotation);
        return
        [
            OfFile("MaxFileSize", $"{absent.MaxFileSize >> 20}MiB"),
            OfFile("Interval", Lower(absent.Interval)),
            OfFile("Naming", Lower(absent.Naming)),
            OfFile("KeepFiles", "all"),
            OfFile("KeepDays", "all"),
            OfFile("MinKeepDays", absent.MinKeepDays.ToString(CultureInfo.InvariantCulture)),
            OfFile("Compress", "none"),
        ];
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
