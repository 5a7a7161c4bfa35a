namespace EzAudit.Tests.Support;

/// <summary>A directory in the place of a file, until disposed.</summary>
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
