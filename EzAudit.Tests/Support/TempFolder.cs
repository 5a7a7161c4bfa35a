namespace EzAudit.Tests.Support;

/// <summary>A directory for one test, deleted with its contents when disposed.</summary>
internal sealed class TempFolder : IDisposable
{
    private const int MaxAttempts = 1000;

    public TempFolder() => Path = Directory.CreateTempSubdirectory("ezaudit-").FullName;

    public TempFolder(string parent) => Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"ezaudit-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    /// <summary>The path of a file in the directory, whether or not it exists.</summary>
    public string this[string relativePath] => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Writes a file, creating its directories, and returns its path.</summary>
    public string Write(string relativePath, string text)
    {
        string path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string relativePath) => File.ReadAllText(this[relativePath]);

    public void Dispose()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                // A rotated file is still being compressed in the background, which creates files here until it ends.
                Thread.Yield();
            }
        }
    }
}
