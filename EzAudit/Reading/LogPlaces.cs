using EzAudit.Composition;
using EzAudit.Extensibility;
using EzAudit.Settings;
using EzAudit.Storage;

namespace EzAudit.Reading;

/// <summary>Finds where the settings put records: LogDir and the directories of further file targets, fallbacks too.</summary>
internal sealed class LogPlaces(AuditSettings settings, PartBuilder parts)
{
    private readonly Dictionary<string, (List<string> Functions, IAuditFormat Format, string Name)> _places = new(StringComparer.Ordinal);

    public IReadOnlyList<LogPlace> Find()
    {
        foreach ((string function, Sourced<string> file) in settings.FileNames)
        {
            FunctionSettings own = settings.ForFunction(function);
            foreach (string target in own.Targets.Concat(own.Fallback)) Add(function, file, own, settings.Targets[target]);
        }
        return [.. _places
            .OrderBy(place => place.Key, StringComparer.Ordinal)
            .Select(place => new LogPlace(
                place.Key, place.Value.Functions, place.Value.Format, settings.ForFile(place.Value.Name).Naming, HasRotated: true) { Window = ReadWindow.For(settings.Limits.MaxRecordBytes) })];
    }

    private void Add(string function, Sourced<string> file, FunctionSettings own, PartSection target)
    {
        if (target.Type != PartSections.FileTarget) return;
        string formatName = target.Texts.TryGetValue("Format", out Sourced<string>? set) ? set.Value : own.Format;
        if (parts.FormatOf(formatName, file.Place) is not { } format) return;
        string directory = target.Texts.TryGetValue(OpenFiles.DirectoryKey, out Sourced<string>? elsewhere) ? elsewhere.Value : settings.LogDirectory;
        string path = Path.GetFullPath(Path.Combine(settings.Root, directory, file.Value));
        if (!_places.TryGetValue(path, out var place)) _places.Add(path, place = ([], format, file.Value));
        if (!place.Functions.Contains(function)) place.Functions.Add(function);
    }
}
