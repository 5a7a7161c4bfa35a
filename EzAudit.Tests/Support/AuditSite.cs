using EzAudit.Records;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Support;

/// <summary>A root with its own settings and a writer at a fixed time: a small model of what an application has.</summary>
internal sealed class AuditSite : IDisposable
{
    public const string LogDirectory = "var/log/audit";
    public const string Enabled = """
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[user-login]=login.log
        AuditFileNames[order-delete]=order_delete.log

        """;

    private readonly Lazy<AuditWriter> _writer;

    public AuditSite(string auditIni = Enabled, Action<AuditWriterBuilder>? configure = null)
    {
        Root.Write("settings/audit.ini", auditIni);
        _writer = new Lazy<AuditWriter>(() =>
        {
            var builder = new AuditWriterBuilder(Root.Path) { TimeProvider = Clock, HostName = "host" };
            configure?.Invoke(builder);
            return builder.Build();
        });
    }

    public TempFolder Root { get; } = new();

    public FakeTimeProvider Clock { get; } = new(TestClock.Start);

    /// <summary>Built on first use.</summary>
    public AuditWriter Writer => _writer.Value;

    public string Read(string fileName) => Root.Read($"{LogDirectory}/{fileName}");

    public bool Has(string fileName) => File.Exists(Root[$"{LogDirectory}/{fileName}"]);

    /// <summary>The records of a log file; fails if the reader reports a problem.</summary>
    public AuditRecord[] Records(string fileName)
    {
        ReadBack read = ReadBack.Of(Root[$"{LogDirectory}/{fileName}"]);
        AuditRecord[] records = [.. read.Records.Select(item => item.Record)];
        Assert.IsEmpty(read.Problems);
        return records;
    }

    /// <summary>Replaces a log file with a directory after the writer's self-test.</summary>
    public IDisposable Obstruct(string fileName)
    {
        Writer.WriteAudit("not configured");
        return new Obstruction(Root[$"{LogDirectory}/{fileName}"]);
    }

    public void Dispose()
    {
        if (_writer.IsValueCreated) _writer.Value.Dispose();
        Root.Dispose();
    }
}
