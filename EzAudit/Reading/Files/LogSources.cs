using EzAudit.Extensibility;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Storage.Content;
using EzAudit.Writing.Building;

namespace EzAudit.Reading.Files;

/// <summary>Finds where the settings store records: LogDir and the directories of other file targets, including fallbacks.</summary>
internal sealed class LogSources(AuditSettings settings, ComponentFactory components)
{
    private readonly Dictionary<string, (List<string> Functions, IAuditFormat Format, string Name)> _sources = new(StringComparer.Ordinal);

    public IReadOnlyList<LogSource> Find()
    {
        foreach ((string function, LocatedText file) in settings.FileNames)
        {
            FunctionSettings own = settings.ForFunction(function);
            foreach (string target in own.Targets.Concat(own.Fallback)) Add(function, file, own, settings.Targets[target]);
        }
        return [.. _sources
            .OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new LogSource(
                source.Key, source.Value.Functions, source.Value.Format, settings.ForFile(source.Value.Name).Naming, HasRotated: true) { Window = LogFileReader.WindowFor(settings.Limits.MaxRecordBytes) })];
    }

    private void Add(string function, LocatedText file, FunctionSettings own, ComponentSection target)
    {
        if (!target.IsFile || components.FormatOf(target.Text(ComponentSection.Format) ?? own.Format, file.Place) is not { } format) return;
        string path = Path.GetFullPath(Path.Combine(settings.DirectoryOf(target), file.Value));
        if (!_sources.TryGetValue(path, out var source)) _sources.Add(path, source = ([], format, file.Value));
        if (!source.Functions.Contains(function)) source.Functions.Add(function);
    }
}
