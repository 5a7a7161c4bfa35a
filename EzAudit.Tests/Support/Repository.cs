namespace EzAudit.Tests.Support;

/// <summary>The source tree the tests were built from.</summary>
internal static class Repository
{
    // Not [CallerFilePath]: a deterministic build in CI writes "/_/" there.
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>, whichever these tests were built with.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>The C# files below a directory of the repository, without build output.</summary>
    public static IEnumerable<string> SourceFiles(string directory) =>
        Directory.EnumerateFiles(PathOf(directory), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "EzAudit.sln"))) return directory.FullName;
        }
        throw new DirectoryNotFoundException($"No EzAudit.sln above {AppContext.BaseDirectory}; run the tests from the repository's build output.");
    }
}
