using EzAudit.Extensibility;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins;

/// <summary>A writer that has every function of the built-in plugins turned on, each with its default file.</summary>
internal sealed class PluginWriter : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly AuditWriter _writer;
    private readonly IDisposable _use;

    public PluginWriter()
    {
        IEnumerable<string> fileNames = Functions.Select(function => $"AuditFileNames[{function.Name}]={function.DefaultFileName}");
        _root.Write("settings/audit.ini", $"[AuditSettings]\nAudit=enabled\nLogDir=log/audit\n{string.Join('\n', fileNames)}\n");
        _writer = new AuditWriterBuilder(_root.Path) { Clock = new FakeClock() }.AddPlugin<EzPublishPlugin>().Build();
        _use = AuditTrail.Use(_writer);
    }

    public static IReadOnlyCollection<AuditFunction> Functions { get; } = Register();

    /// <summary>The records of a function, read back from its file.</summary>
    public IReadOnlyList<AuditRecord> Read(AuditFunction function)
    {
        using AuditReader reader = AuditReader.Open(Path.Combine(_writer.LogDirectory, function.DefaultFileName!));
        return reader.Records.Select(item => item.Record).ToList();
    }

    /// <summary>The names of the files that have records so far.</summary>
    public IReadOnlyList<string> FileNames() =>
        Directory.Exists(_writer.LogDirectory)
            ? Directory.EnumerateFiles(_writer.LogDirectory, "*.log").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList()
            : [];

    public void Dispose()
    {
        _use.Dispose();
        _writer.Dispose();
        _root.Dispose();
    }

    private static IReadOnlyCollection<AuditFunction> Register()
    {
        var registry = new AuditRegistry();
        new EzPublishPlugin().Register(registry);
        return registry.Functions;
    }
}
