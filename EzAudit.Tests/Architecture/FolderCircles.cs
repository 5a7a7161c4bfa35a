namespace EzAudit.Tests.Architecture;

/// <summary>Finds folders that name each other, directly or through others.</summary>
internal static class FolderCircles
{
    /// <summary>The namespaces of these types that are part of a circle, sorted.</summary>
    public static IReadOnlyList<string> In(IEnumerable<Type> types)
    {
        ILookup<string, Type> folders = types.Where(type => type.Namespace is not null).ToLookup(type => type.Namespace!);
        HashSet<string> names = [.. folders.Select(folder => folder.Key)];
        Dictionary<string, HashSet<string>> named = folders.ToDictionary(
            folder => folder.Key,
            folder => folder.SelectMany(NamedTypes.Of).Select(type => type.Namespace).OfType<string>().Where(name => name != folder.Key && names.Contains(name)).ToHashSet());
        return names.Where(name => ReachedFrom(name, named).Contains(name)).Order(StringComparer.Ordinal).ToList();
    }

    private static HashSet<string> ReachedFrom(string start, Dictionary<string, HashSet<string>> named)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(named[start]);
        while (next.TryPop(out string? name))
        {
            if (!reached.Add(name)) continue;
            foreach (string other in named[name]) next.Push(other);
        }
        return reached;
    }
}
