using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Settings;

namespace EzAudit.Composition;

/// <summary>Makes the formats and targets that the settings name; each format once.</summary>
internal sealed class PartBuilder(AuditRegistry registry, AuditSettings settings, List<AuditSettingsProblem> problems)
{
    private readonly Dictionary<string, IAuditFormat> _formats = new(StringComparer.Ordinal);

    /// <summary>The format of a name; <see langword="null"/> when it cannot be made, which is then among the problems.</summary>
    public IAuditFormat? FormatOf(string name, SettingsPlace place)
    {
        if (_formats.TryGetValue(name, out IAuditFormat? known)) return known;
        PartSection section = settings.Formats.TryGetValue(name, out PartSection? own)
            ? own
            : new PartSection(name, new Dictionary<string, Sourced<string>>(), new Dictionary<string, IReadOnlyList<Sourced<string>>>(), place);
        IAuditFormat? format = section.Type == PartSections.ClassicFormat ? new ClassicFormat(settings.TimeZone) : Create(registry.Formats[section.Type], name, section);
        if (format is not null) _formats.Add(name, format);
        return format;
    }

    /// <summary>Lets a plugin make a part; <see langword="null"/> when it does not, which is then among the problems.</summary>
    public T? Create<T>(AuditPartType<T> type, string name, PartSection section) where T : class
    {
        var own = new AuditPartSettings(
            name,
            section.Texts.ToDictionary(text => text.Key, text => text.Value.Value, StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyList<string> (array) => [.. array.Value.Select(item => item.Value)], StringComparer.Ordinal))
        {
            Root = settings.Root,
            TimeZone = settings.TimeZone.Id,
        };
        try
        {
            return type.Create(own);
        }
        catch (AuditPartSettingsException failure)
        {
            SettingsPlace place = section.Texts.TryGetValue(failure.Key, out Sourced<string>? text) ? text.Place : section.Place;
            var problem = new AuditSettingsProblem(place.File, place.Line, $"{failure.Key}={own[failure.Key]}", failure.Wanted);
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
}
