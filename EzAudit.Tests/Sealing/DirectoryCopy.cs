namespace EzAudit.Tests.Sealing;

/// <summary>The files of a directory at one moment, in memory.</summary>
internal sealed class DirectoryCopy
{
    private readonly string _path;
    private readonly Dictionary<string, byte[]> _files;

    /// <param name="path">The directory.</param>
    public DirectoryCopy(string path)
    {
        _path = path;
        _files = NamesIn(path).ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(path, name)));
    }

    /// <summary>The content of a file.</summary>
    public byte[] this[string name] => _files[name];

    /// <summary>Makes the directory what it was.</summary>
    public void Restore()
    {
        foreach (string name in NamesIn(_path).Except(_files.Keys)) File.Delete(Path.Combine(_path, name));
        foreach (var (name, bytes) in _files) File.WriteAllBytes(Path.Combine(_path, name), bytes);
    }

    private static IEnumerable<string> NamesIn(string path) =>
        [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file)).Where(name => !name.StartsWith(".ezaudit/", StringComparison.Ordinal))];
}
