using EzAudit.Benchmarks.SideBySide;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Remote;

/// <summary>EzAudit with a log file, a target with a spool, or both, in its own root.</summary>
internal sealed class SpooledContender : IDisposable
{
    /// <summary>The log file, as a target.</summary>
    public const string File = "file";

    public const int Threads = 8;

    private readonly AuditWriter _writer;
    private readonly IDisposable _context;

    public SpooledContender(string root, string durability, RemoteTarget remote, params string[] targets)
    {
        string settings = Path.Combine(root, "settings");
        Directory.CreateDirectory(settings);
        System.IO.File.WriteAllLines(Path.Combine(settings, "audit.ini"),
        [
            "[AuditSettings]",
            "Audit=enabled",
            .. SampleRecord.Functions.ToArray().Select((function, file) => $"AuditFileNames[{function}]={SampleRecord.FileName(file)}"),
            "[FunctionDefaults]",
            $"Durability={durability}",
            .. targets.Select(target => $"Targets[]={target}"),
            $"[Target-{remote.Name}]",
            .. remote.Lines,
            "Spool=8GiB",
            $"Required={(targets.Contains(File) ? "no" : "yes")}",
        ]);
        _writer = new AuditWriterBuilder(root).AddPlugin(remote.Plugin).Build();
        // Flows into the threads, because they are started later.
        _context = AuditContext.Use(new AuditActor(SampleRecord.Login, SampleRecord.UserId), SampleRecord.Address);
    }

    public long QueuedBytes => _writer.Health.Targets.Sum(target => target.QueuedBytes);

    public void Write(int thread, int number) => SampleRecord.Write(_writer, SampleRecord.FileOf(thread, number), thread, number);

    /// <summary>Writes records on several threads as long as a condition holds for a thread and its next number. Returns how many.</summary>
    public long WriteWhile(Func<int, int, bool> goesOn)
    {
        long records = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            int number = 0;
            for (; goesOn(thread, number); number++) Write(thread, number);
            Interlocked.Add(ref records, number);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return records;
    }

    /// <summary>Waits until the receiver has everything.</summary>
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
