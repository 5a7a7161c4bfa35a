using System.Diagnostics;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>A copy of a built sample with its settings, so that runs do not change the repository.</summary>
internal sealed class SampleCopy : IDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly string _name;

    public SampleCopy(string name)
    {
        _name = name;
        string sample = Repository.PathOf("samples", name);
        Directory.CreateDirectory(Root);
        File.Copy(Path.Combine(sample, $"{name}.csproj"), Path.Combine(Root, $"{name}.csproj"));
        Copy(Path.Combine(sample, "settings"), Path.Combine(Root, "settings"));
        Copy(Path.Combine(sample, "bin", Repository.Configuration, "net10.0"), Path.Combine(Root, "bin"));
    }

    public string Root => _folder[_name];

    /// <summary>Runs the sample to its end and returns its output; fails if the sample fails.</summary>
    public string Run()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Root, "bin", $"{_name}.dll")])
        {
            // Not the sample's own directory: the sample must find its settings from anywhere.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Assert.IsTrue(process.WaitForExit(Enough), $"{_name} did not end within {Enough}.");
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        Assert.AreEqual("", errors.Result);
        return output.Result;
    }

    public string ReadLog(string fileName) => File.ReadAllText(Path.Combine(Root, "var", "log", "audit", fileName));

    public IEnumerable<string> LogFileNames() =>
        Directory.EnumerateFiles(Path.Combine(Root, "var", "log", "audit"), "*.log").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

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
