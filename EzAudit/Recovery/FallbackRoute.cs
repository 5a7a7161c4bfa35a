using EzAudit.Extensibility;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Writing.Building;

namespace EzAudit.Recovery;

/// <summary>A fallback file and the log file that it replaces, with the same name and format.</summary>
/// <param name="Name">The name of both files in their directories.</param>
/// <param name="Directory">The directory of the fallback file, absolute.</param>
/// <param name="LogDirectory">The directory of the log file, absolute.</param>
/// <param name="FormatName">The name of the format.</param>
/// <param name="Format">The format.</param>
internal sealed record FallbackRoute(string Name, string Directory, string LogDirectory, string FormatName, IAuditFormat Format)
{
    public string Path => System.IO.Path.Combine(Directory, Name);

    public string LogPath => System.IO.Path.Combine(LogDirectory, Name);

    /// <summary>All fallback files that the settings name.</summary>
    public static IReadOnlyList<FallbackRoute> FindAll(AuditSettings settings, ComponentFactory components)
    {
        var logs = new HashSet<string>(StringComparer.Ordinal);
        var routes = new Dictionary<string, FallbackRoute>(StringComparer.Ordinal);
        foreach ((string function, LocatedText file) in settings.FileNames)
        {
            FunctionSettings own = settings.ForFunction(function);
            (string Directory, string Format)[] targets = [.. Files(own.Targets, own, settings)];
            foreach ((string directory, _) in targets) logs.Add(System.IO.Path.Combine(directory, file.Value));
            if (targets.Length == 0) continue;
            foreach ((string directory, string format) in Files(own.Fallback, own, settings))
            {
                // In another format, its records would have to be converted and would no longer be what was written.
                if (format != targets[0].Format || components.FormatOf(format, file.Place) is not { CanRead: true } known) continue;
                var route = new FallbackRoute(file.Value, directory, targets[0].Directory, format, known);
                routes.TryAdd(route.Path, route);
            }
        }
        // A log file of some function holds records that are already in the right place.
        return [.. routes.Values.Where(route => !logs.Contains(route.Path)).OrderBy(route => route.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Directory, string Format)> Files(IEnumerable<string> targets, FunctionSettings own, AuditSettings settings)
    {
        foreach (string name in targets)
        {
            ComponentSection section = settings.Targets[name];
            if (section.IsFile) yield return (settings.DirectoryOf(section), section.Text(ComponentSection.Format) ?? own.Format);
        }
    }
}
