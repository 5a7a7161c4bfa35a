using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sections;

namespace EzAudit.Writing.Building;

/// <summary>Makes the formats and targets that the settings name; each format once.</summary>
internal sealed class ComponentFactory(AuditRegistry registry, AuditSettings settings, List<AuditSettingsProblem> problems)
{
    private readonly Dictionary<string, IAuditFormat> _formats = new(StringComparer.Ordinal);
    private ClassicFormat? _naming;

    /// <summary>Whether parts are only tried out.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Hears of a part's troubles: its name and what is wrong.</summary>
    public Action<string, string> Report { get; init; } = static (_, _) => { };

    /// <summary>The same for the records of a log file, which say their function where the file alone does not.</summary>
    public IAuditFormat? FormatOf(string name, Located<string> file)
    {
        IAuditFormat? format = FormatOf(name, file.Place);
        return format is ClassicFormat && settings.NamesFunctions(file.Value) ? _naming ??= new ClassicFormat(settings.TimeZone, namesFunction: true) : format;
    }

    /// <summary>The format of a name; <see langword="null"/> when it cannot be made, which is then among the problems.</summary>
    public IAuditFormat? FormatOf(string name, SettingsPlace place)
    {
        if (_formats.TryGetValue(name, out IAuditFormat? known)) return known;
        ComponentSection section = settings.Formats.TryGetValue(name, out ComponentSection? own)
            ? own
            : new ComponentSection(name, new Dictionary<string, Located<string>>(), new Dictionary<string, IReadOnlyList<IniEntry>>(), place);
        IAuditFormat? format = section.Type == ComponentSections.ClassicFormat ? new ClassicFormat(settings.TimeZone) : Create(registry.Formats[section.Type], name, section);
        if (format is not null) _formats.Add(name, format);
        return format;
    }

    /// <summary>What the plugins' own sections say, by the type that each is read into.</summary>
    public IReadOnlyDictionary<Type, object> ReadSections()
    {
        var read = new Dictionary<Type, object>();
        foreach ((string name, AuditSettingsType section) in registry.Settings)
        {
            if (Create(section.Part, name, settings.PluginSections[name]) is { } own) read.Add(section.Type, own);
        }
        return read;
    }

    /// <summary>Lets a plugin make a part; <see langword="null"/> when it does not, which is then among the problems.</summary>
    public T? Create<T>(AuditComponentType<T> type, string name, ComponentSection section) where T : class
    {
        var own = new AuditComponentSettings(
            name,
            section.Texts.ToDictionary(text => text.Key, text => text.Value.Value, StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyList<string> (array) => [.. array.Value.Select(item => item.Value)], StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyDictionary<string, string> (array) => NamedEntries(array.Value), StringComparer.Ordinal))
        {
            Root = settings.Root,
            TimeZone = settings.TimeZone.Id,
            IsTrial = IsTrial,
            Report = message => Report(name, message),
        };
        try
        {
            return type.Create(own);
        }
        catch (AuditComponentSettingsException failure)
        {
            AuditSettingsProblem problem = Describe(section, failure);
            // Every function that names the part asks for it.
            if (!problems.Contains(problem)) problems.Add(problem);
        }
        catch (Exception failure)
        {
            // Any exception: it is a plugin's code, and its fault must come with its place.
            problems.Add(new(section.Place.File, section.Place.Line, $"type {section.Type}, which could not be made: {failure.Message}", "a type that can be made"));
        }
        return null;
    }

    private static Dictionary<string, string> NamedEntries(IReadOnlyList<IniEntry> entries) =>
        entries.Where(entry => entry.Name is not null).ToDictionary(entry => entry.Name!, entry => entry.Value, StringComparer.Ordinal);

    private static AuditSettingsProblem Describe(ComponentSection section, AuditComponentSettingsException failure)
    {
        IniEntry? entry = failure.Entry is null ? null : section.Arrays.GetValueOrDefault(failure.Key)?.FirstOrDefault(entry => (entry.Name ?? entry.Value) == failure.Entry);
        if (entry is not null) return new(entry.Place.File, entry.Place.Line, $"{failure.Key}[{entry.Name}]={entry.Value}", failure.Expected);
        SettingsPlace place = section.Texts.TryGetValue(failure.Key, out Located<string>? text) ? text.Place : section.Place;
        return new(place.File, place.Line, $"{failure.Key}={text?.Value}", failure.Expected);
    }
}
