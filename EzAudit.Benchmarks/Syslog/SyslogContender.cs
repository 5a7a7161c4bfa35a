using EzAudit.Benchmarks.SideBySide;
using EzAudit.Records;
using EzAudit.Syslog;

namespace EzAudit.Benchmarks.Syslog;

/// <summary>EzAudit with the requested targets, in its own root.</summary>
internal sealed class SyslogContender : IContender
{
    private readonly AuditWriter _writer;
    private readonly IDisposable _context;

    public SyslogContender(string root, string durability, int port, params string[] targets)
    {
        string settings = Path.Combine(root, "settings");
        Directory.CreateDirectory(settings);
        File.WriteAllLines(Path.Combine(settings, "audit.ini"),
        [
            "[AuditSettings]",
            "Audit=enabled",
            .. SampleRecord.Functions.ToArray().Select((function, file) => $"AuditFileNames[{function}]={SampleRecord.FileName(file)}"),
            "[FunctionDefaults]",
            $"Durability={durability}",
            .. targets.Select(target => $"Targets[]={target}"),
            "[Target-log]",
            "Type=syslog",
            "Transport=tcp",
            "Host=127.0.0.1",
            $"Port={port}",
            "Spool=8GiB",
            $"Required={(targets is ["log"] ? "yes" : "no")}",
        ]);
        _writer = new AuditWriterBuilder(root).AddPlugin(new SyslogPlugin()).Build();
        _context = AuditContext.Use(new AuditActor(SampleRecord.Login, SampleRecord.UserId), SampleRecord.Address);
    }

    public void Write(int file, int thread, int number) => SampleRecord.Write(_writer, file, thread, number);

    public void Drain()
    {
    }

    /// <summary>Waits until the server has received everything.</summary>
    public void WaitUntilSent()
    {
        while (_writer.Health.Targets.Any(target => target.QueuedBytes > 0)) _writer.Flush();
    }

    public void Dispose()
    {
        _context.Dispose();
        _writer.Dispose();
    }
}
