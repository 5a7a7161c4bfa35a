using EzAudit.Benchmarks.SideBySide;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Nats;

/// <summary>EzAudit with the requested targets, in its own root.</summary>
internal sealed class NatsContender : IDisposable
{
    private readonly AuditWriter _writer;
    private readonly IDisposable _context;

    public NatsContender(string root, string durability, AuditStreamOptions stream, params string[] targets)
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
            "[Target-stream]",
            "Type=nats",
            $"Url={stream.Url}",
            $"Stream={stream.Stream}",
            $"Subject={stream.Subject}",
            "Spool=8GiB",
            "Origin=web1/shop",
            $"Required={(targets is ["stream"] ? "yes" : "no")}",
        ]);
        _writer = new AuditWriterBuilder(root).AddPlugin(new NatsPlugin()).Build();
        _context = AuditContext.Use(new AuditActor(SampleRecord.Login, SampleRecord.UserId), SampleRecord.Address);
    }

    public long QueuedBytes => _writer.Health.Targets.Sum(target => target.QueuedBytes);

    public void Write(int thread, int number) => SampleRecord.Write(_writer, SampleRecord.FileOf(thread, number), thread, number);

    /// <summary>Waits until the stream has everything.</summary>
    public void WaitUntilSent()
    {
        while (QueuedBytes > 0) _writer.Flush();
    }

    public void Dispose()
    {
        _context.Dispose();
        _writer.Dispose();
    }
}
