namespace EzAudit.Tests.Support;

/// <summary>A directory where a file should be, until it is disposed of.</summary>
internal sealed class Obstruction : IDisposable
{
    private readonly string _path;

    public Obstruction(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.Combine(path, "in the way"));
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
