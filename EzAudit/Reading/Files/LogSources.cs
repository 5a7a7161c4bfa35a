using EzAudit.Extensibility;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sections;
using EzAudit.Storage.Content;
using EzAudit.Writing.Building;

namespace EzAudit.Reading.Files;

/// <summary>Finds where the settings store records: LogDir and the directories of other file targets, including fallbacks.</summary>
internal sealed class LogSources(AuditSettings settings, ComponentFactory parts)
{
    private readonly Dictionary<string, (List<string> Functions, IAuditFormat Format, string Name)> _places = new(StringComparer.Ordinal);

    public IReadOnlyList<LogSource> Find()
    {
        foreach ((string function, Located<string> file) in settings.FileNames)
        {
            FunctionSettings own = settings.ForFunction(function);
            foreach (string target in own.Targets.Concat(own.Fallback)) Add(function, file, own, settings.Targets[target]);
        }
        return [.. _places
            .OrderBy(place => place.Key, StringComparer.Ordinal)
            .Select(place => new LogSource(
                place.Key, place.Value.Functions, place.Value.Format, settings.ForFile(place.Value.Name).Naming, HasRotated: true) { Window = ReadWindow.For(settings.Limits.MaxRecordBytes) })];
    }

    private void Add(string function, Located<string> file, FunctionSettings own, ComponentSection target)
    {
        if (target.Type != ComponentSections.FileTarget) return;
        string formatName = target.Texts.TryGetValue("Format", out Located<string>? set) ? set.Value : own.Format;
        if (parts.FormatOf(formatName, file.Place) is not { } format) return;
        string directory = target.Texts.TryGetValue(OpenFiles.DirectoryKey, out Located<string>? elsewhere) ? elsewhere.Value : settings.LogDirectory;
        string path = Path.GetFullPath(Path.Combine(settings.Root, directory, file.Value));
        if (!_places.TryGetValue(path, out var place)) _places.Add(path, place = ([], format, file.Value));
        if (!place.Functions.Contains(function)) place.Functions.Add(function);
    }
}
