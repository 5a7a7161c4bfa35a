using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sections;
using EzAudit.Writing.Building;

namespace EzAudit.Recovery;

/// <summary>Finds the fallback files that the settings name, and the log file that each replaces.</summary>
internal sealed class FallbackFinder(AuditSettings settings, ComponentFactory parts)
{
    public IReadOnlyList<FallbackRoute> Find()
    {
        var mains = new HashSet<string>(StringComparer.Ordinal);
        var routes = new Dictionary<string, FallbackRoute>(StringComparer.Ordinal);
        foreach ((string function, Located<string> file) in settings.FileNames)
        {
            FunctionSettings own = settings.ForFunction(function);
            (string Directory, string Format)[] targets = [.. Files(own.Targets, own)];
            foreach ((string directory, _) in targets) mains.Add(Path.Combine(directory, file.Value));
            if (targets.Length == 0) continue;
            foreach ((string directory, string format) in Files(own.Fallback, own))
            {
                // In another format, its records would have to be converted and would no longer be what was written.
                if (format != targets[0].Format || parts.FormatOf(format, file.Place) is not { CanRead: true } known) continue;
                var route = new FallbackRoute(file.Value, directory, targets[0].Directory, format, known, file.Place);
                routes.TryAdd(route.Path, route);
            }
        }
        // A log file of some function holds records that are already in the right place.
        return [.. routes.Values.Where(route => !mains.Contains(route.Path)).OrderBy(route => route.Path, StringComparer.Ordinal)];
    }

    private IEnumerable<(string Directory, string Format)> Files(IEnumerable<string> targets, FunctionSettings own)
    {
        foreach (string name in targets)
        {
            ComponentSection section = settings.Targets[name];
            if (section.Type != ComponentSections.FileTarget) continue;
            string directory = section.Texts.TryGetValue(OpenFiles.DirectoryKey, out Located<string>? elsewhere) ? elsewhere.Value : settings.LogDirectory;
            string format = section.Texts.TryGetValue("Format", out Located<string>? set) ? set.Value : own.Format;
            yield return (Path.GetFullPath(Path.Combine(settings.Root, directory)), format);
        }
    }
}
