namespace QuickStart;

/// <summary>Finds the directory of this sample, wherever it is started from. Your own application sets EZAUDIT_ROOT, or nothing.</summary>
internal static class SampleRoot
{
    public static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "QuickStart.csproj"))) return directory.FullName;
        }
        throw new DirectoryNotFoundException($"QuickStart.csproj was not found above {AppContext.BaseDirectory}. Run the sample from its own directory.");
    }
}
