using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using EzAudit.Records;

namespace EzAudit.Benchmarks;

/// <summary>Measures what one call costs its caller: a function that is off, one that is not configured, and a record with five fields.</summary>
[MemoryDiagnoser]
public class WriteCost
{
    private readonly AuditActor _actor = new("editor", "16");
    private string _root = "";
    private AuditWriter _writer = null!;
    private AuditWriter _off = null!;
    private IDisposable _context = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _root = Directory.CreateTempSubdirectory("ezaudit-bench-").FullName;
        _writer = Build("on", "enabled");
        _off = Build("off", "disabled");
        _context = AuditContext.Use(_actor, "127.0.0.1");
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _context.Dispose();
        _writer.Dispose();
        _off.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public bool OnlyTheFields() => _writer is not null && Take(
        "content-move", ("Node ID", 124), ("Old parent node ID", 2), ("New parent node ID", 59), ("Content Name", "Folder"), ("Comment", "Moved the node to the given node"));

    [Benchmark]
    public bool AuditIsOff() => Write(_off, "content-move");

    [Benchmark]
    public bool FunctionIsNotConfigured() => Write(_writer, "content-copy");

    [Benchmark]
    public bool RecordAtDurabilityOs() => Write(_writer, "content-move");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Take(string function, params ReadOnlySpan<AuditField> fields) => fields.Length > function.Length;

    private static bool Write(AuditWriter writer, string function) => writer.WriteAudit(
        function, ("Node ID", 124), ("Old parent node ID", 2), ("New parent node ID", 59), ("Content Name", "Folder"), ("Comment", "Moved the node to the given node"));

    private AuditWriter Build(string name, string audit)
    {
        string settings = Path.Combine(_root, name, "settings");
        Directory.CreateDirectory(settings);
        File.WriteAllText(Path.Combine(settings, "audit.ini"), $"""
            [AuditSettings]
            Audit={audit}
            OnUnknownFunction=ignore
            AuditFileNames[user-login]=login.log
            AuditFileNames[user-failed-login]=failed_login.log
            AuditFileNames[content-delete]=content_delete.log
            AuditFileNames[content-move]=content_move.log
            AuditFileNames[content-hide]=content_hide.log
            AuditFileNames[role-change]=role_change.log
            AuditFileNames[role-assign]=role_assign.log
            AuditFileNames[section-assign]=section_assign.log
            AuditFileNames[state-assign]=state_assign.log
            AuditFileNames[order-delete]=order_delete.log
            [FunctionDefaults]
            Durability=os
            [RotationSettings]
            MaxFileSize=0
            """);
        return new AuditWriterBuilder(Path.Combine(_root, name)).Build();
    }
}
