namespace Newsroom.Site;

/// <summary>Finds the site's directories. Everything it writes goes to <c>var/</c> below its data directory, next to <c>settings/</c>.</summary>
internal sealed class SiteFolder
{
    public SiteFolder(string? data)
    {
        Root = Path.GetFullPath(data ?? Home);
        Directory.CreateDirectory(PathOf(""));
        string settings = Path.Combine(Root, "settings");
        if (!Directory.Exists(settings)) Copy(Path.Combine(Home, "settings"), settings);
    }

    /// <summary>The directory with <c>wwwroot/</c> and <c>settings/</c>: that of the project or of the published site.</summary>
    public static string Home { get; } = FindHome();

    /// <summary>The root of the audit trail's settings and of all data.</summary>
    public string Root { get; }

    public string PathOf(string name) => Path.Combine(Root, "var", name);

    private static string FindHome()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Newsroom.csproj"))) return directory.FullName;
        }
        return AppContext.BaseDirectory;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
