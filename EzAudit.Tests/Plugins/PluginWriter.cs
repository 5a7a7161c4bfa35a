using EzAudit.Extensibility;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;
using EzAudit.Writing;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Plugins;

/// <summary>A writer with every function of the built-in plugins turned on, each in its own file.</summary>
internal sealed class PluginWriter : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly AuditWriter _writer;
    private readonly IDisposable _use;

    public PluginWriter()
    {
        IEnumerable<string> fileNames = Functions.Select(function => $"AuditFileNames[{function.Name}]={FileNameOf(function)}");
        _root.Write("settings/audit.ini", $"[AuditSettings]\nAudit=enabled\nLogDir=log/audit\n{string.Join('\n', fileNames)}\n");
        var builder = new AuditWriterBuilder(_root.Path) { TimeProvider = new FakeTimeProvider(TestClock.Start) };
        foreach (IAuditPlugin plugin in BuiltInPlugins.Create()) builder.AddPlugin(plugin);
        _writer = builder.Build();
        _use = AuditTrail.Use(_writer);
    }

    public static IReadOnlyCollection<AuditFunction> Functions { get; } = Register(BuiltInPlugins.Create());

    /// <summary>The same, and the functions by which the audit trail records itself.</summary>
    public static IEnumerable<AuditFunction> All => Functions.Concat(OwnFunctions.All);

    /// <summary>Only the functions of eZ Publish.</summary>
    public static IReadOnlyCollection<AuditFunction> OfEz { get; } = Register([new EzPublishPlugin()]);

    /// <summary>The records of a function, read back from its file.</summary>
    public IReadOnlyList<AuditRecord> Read(AuditFunction function)
    {
        ReadBack read = ReadBack.Of(Path.Combine(_writer.LogDirectory, FileNameOf(function)));
        return read.Records.Select(item => item.Record).ToList();
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

    /// <summary>The name of a function's file here; the files that the definitions propose are shared.</summary>
    public static string FileNameOf(AuditFunction function) => $"{function.Name}.log";

    private static IReadOnlyCollection<AuditFunction> Register(IEnumerable<IAuditPlugin> plugins)
    {
        var registry = new AuditRegistry();
        foreach (IAuditPlugin plugin in plugins) plugin.Register(registry);
        return registry.Functions;
    }
}
