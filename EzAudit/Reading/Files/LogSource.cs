using EzAudit.Extensibility;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Storage.Content;
using EzAudit.Writing.Building;

namespace EzAudit.Reading.Files;

/// <summary>A source of records: a log file together with the files that it was rotated to.</summary>
/// <param name="Path">The path of the log file, which need not exist.</param>
/// <param name="Functions">The functions that are written to it, <c>*</c> for all others; empty if unknown.</param>
/// <param name="Format">The format of its records.</param>
/// <param name="Naming">How its rotated files are currently named.</param>
/// <param name="HasRotated">Whether to look for rotated files; false for a file that was named explicitly.</param>
/// <param name="IsFormatGuessed">Whether the format is detected from the file, with <paramref name="Format"/> as the default.</param>
internal sealed record LogSource(string Path, IReadOnlyList<string> Functions, IAuditFormat Format, RotationNaming Naming, bool HasRotated, bool IsFormatGuessed = false)
{
    /// <summary>The directory with its locks and its ledger; empty if no settings name it.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Its name in that directory, separated by <c>/</c>.</summary>
    public string Name => System.IO.Path.GetRelativePath(Directory, Path).Replace(System.IO.Path.DirectorySeparatorChar, '/');

    /// <summary>How much of a file is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = LogFileReader.DefaultWindow;

    /// <summary>Whether a function writes here and to no source that can be read back.</summary>
    public bool IsOnlyPlace { get; init; }

    /// <summary>The absolute paths of the log files of other sources: none of them is a rotated file of this one.</summary>
    public IReadOnlySet<string> Others { get; init; } = new HashSet<string>();

    /// <summary>Derives the function of a record from the names of its fields where possible.</summary>
    public Func<IReadOnlyList<string>, string?>? ByFields { get; init; }

    /// <summary>The sources that settings name: log files in LogDir and in the directories of other file targets, including fallbacks.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="components">Creates the formats of the files; receives their problems.</param>
    public static IReadOnlyList<LogSource> AllOf(AuditSettings settings, ComponentFactory components)
    {
        var sources = new Dictionary<string, (List<string> Functions, IAuditFormat Format, string Name, string Directory)>(StringComparer.Ordinal);
        foreach ((string function, LocatedText file) in settings.FileNames)
        {
            FunctionSettings own = settings.ForFunction(function);
            foreach (string target in own.Targets.Concat(own.Fallback)) Add(function, file, own, settings.Targets[target]);
        }
        return [.. sources
            .OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new LogSource(
                source.Key, source.Value.Functions, source.Value.Format, settings.ForFile(source.Value.Name).Naming, HasRotated: true)
            {
                Window = LogFileReader.WindowFor(settings.Limits.MaxRecordBytes),
                Directory = source.Value.Directory,
            })];

        void Add(string function, LocatedText file, FunctionSettings own, ComponentSection target)
        {
            if (!target.IsFile || components.FormatOf(target.Text(ComponentSection.Format) ?? own.Format, file.Place) is not { } format) return;
            // The parameter of the record hides the class of this name.
            string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(settings.DirectoryOf(target), file.Value));
            if (!sources.TryGetValue(path, out var source)) sources.Add(path, source = ([], format, file.Value, settings.DirectoryOf(target)));
            if (!source.Functions.Contains(function)) source.Functions.Add(function);
        }
    }
}
