using System.Diagnostics;
using EzAudit.Benchmarks.Remote;
using EzAudit.Benchmarks.SideBySide;
using EzAudit.Nats;
using EzAudit.Nats.Settings;

namespace EzAudit.Benchmarks.Nats;

/// <summary>The command <c>nats</c>: how fast a full spool reaches three replicas, beside a bare publisher; what the target costs the file beside it; and its memory while the servers are away.</summary>
internal sealed class NatsComparison(Options options)
{
    private const string Target = "stream";

    private readonly int _records = Math.Min(options.Records, 1_000_000);

    public void Run() => Figures.InDirectory(options.Directory, "nats", directory => RunAsync(directory).GetAwaiter().GetResult());

    private async Task RunAsync(string directory)
    {
        using var servers = new NatsServers(directory);
        await CompareAsync(servers, directory);
        await BesideAsync(servers, directory);
        Memory(directory);
    }

    // Alternating, so that other activity on the machine hits all.
    private async Task CompareAsync(NatsServers servers, string directory)
    {
        byte[][] payloads = [.. Enumerable.Range(0, _records).Select(SamplePayload.Of)];
        var rates = new Dictionary<string, List<double>> { ["bare, a future each"] = [], ["bare, acknowledgements counted"] = [], ["EzAudit, from its spool"] = [] };
        for (int round = 0; round < options.Rounds; round++)
        {
            rates["bare, a future each"].Add(await RateAsync(servers, $"F{round}", stream => BarePublisher.PublishFuturesAsync(stream, payloads)));
            rates["bare, acknowledgements counted"].Add(await RateAsync(servers, $"C{round}", stream => BarePublisher.PublishCountedAsync(stream, payloads)));
            string root = Path.Combine(directory, $"root{round}");
            Fill(root, $"S{round}");
            rates["EzAudit, from its spool"].Add(await RateAsync(servers, $"S{round}", stream => Task.Run(() => Send(root, stream))));
            Directory.Delete(root, recursive: true);
        }
        double best = rates.Where(rate => rate.Key.StartsWith("bare", StringComparison.Ordinal)).Max(rate => Figures.Median(rate.Value));
        Figures.Print($"| {_records:N0} records of {payloads[0].Length} bytes, three replicas | records/s | to the faster bare publisher |");
        Console.WriteLine("|---|--:|--:|");
        foreach (var (name, values) in rates) Figures.Print($"| {name} | {Figures.Median(values):N0} | {Figures.Median(values) / best:0.00} |");
    }

    private async Task<double> RateAsync(NatsServers servers, string name, Func<AuditStreamOptions, Task> publish)
    {
        AuditStreamOptions stream = await servers.CreateAsync(name);
        long start = Stopwatch.GetTimestamp();
        await publish(stream);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long stored = await servers.DeleteAsync(name);
        if (stored != _records) throw new InvalidOperationException($"{stored} of {_records} records are in the stream.");
        return _records / seconds;
    }

    private void Fill(string root, string stream)
    {
        // Nobody listens there: everything stays in the spool.
        var away = new AuditStreamOptions { Url = "nats://127.0.0.1:1", Stream = stream, Subject = stream };
        using var contender = Open(root, "os", away, Target);
        for (int number = 0; number < _records; number++) contender.Write(0, number);
    }

    private static void Send(string root, AuditStreamOptions stream)
    {
        using var contender = Open(root, "os", stream, Target);
        string spool = Path.Combine(root, "var", "spool", "audit", Target);
        // What the first process left, this one sends; it deletes the runs that it has sent.
        while (Directory.GetDirectories(spool).Length > 1) Thread.Yield();
        contender.WaitUntilSent();
    }

    private async Task BesideAsync(NatsServers servers, string directory)
    {
        Console.WriteLine();
        Console.WriteLine("| durability | file alone, records/s | with the stream as well | ratio | processors that the servers used meanwhile |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (string durability in options.Levels.Select(level => level.ToString().ToLowerInvariant()))
        {
            var alone = new List<double>();
            var beside = new List<double>();
            var processors = new List<double>();
            for (int round = 0; round < options.Rounds; round++)
            {
                AuditStreamOptions stream = await servers.CreateAsync($"B{durability}{round}");
                alone.Add(WriteRate(Path.Combine(directory, "alone"), durability, stream, SpooledContender.File));
                (double used, long start) = (servers.ProcessorSeconds(), Stopwatch.GetTimestamp());
                beside.Add(WriteRate(Path.Combine(directory, "beside"), durability, stream, SpooledContender.File, Target));
                processors.Add((servers.ProcessorSeconds() - used) / Stopwatch.GetElapsedTime(start).TotalSeconds);
                await servers.DeleteAsync(stream.Stream);
            }
            Figures.Print($"| {durability} | {Figures.Median(alone):N0} | {Figures.Median(beside):N0} | {Figures.Median(beside) / Figures.Median(alone):0.00} | {Figures.Median(processors):0.00} |");
        }
    }

    private double WriteRate(string root, string durability, AuditStreamOptions stream, params string[] targets)
    {
        double rate;
        using (var contender = Open(root, durability, stream, targets))
        {
            var time = TimeSpan.FromSeconds(options.Seconds);
            long start = Stopwatch.GetTimestamp();
            long records = contender.WriteWhile((_, _) => Stopwatch.GetElapsedTime(start) < time);
            rate = records / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Directory.Delete(root, recursive: true);
        return rate;
    }

    private void Memory(string directory)
    {
        string root = Path.Combine(directory, "away");
        var away = new AuditStreamOptions { Url = "nats://127.0.0.1:1" };
        using var contender = Open(root, "os", away, Target);
        for (int number = 0; number < 1000; number++) contender.Write(0, number);
        long before = Used();
        long most = before;
        for (int number = 0; number < _records; number++)
        {
            contender.Write(0, number);
            if (number % 10_000 == 0) most = Math.Max(most, Used());
        }
        Console.WriteLine();
        Figures.Print($"Memory while the servers are away for {_records:N0} records ({contender.QueuedBytes >> 20} MiB in the spool): {(most - before) / 1048576.0:0.0} MiB more than at the start, of {most >> 20} MiB.");
    }

    private static long Used()
    {
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static SpooledContender Open(string root, string durability, AuditStreamOptions stream, params string[] targets) => new(
        root,
        durability,
        new RemoteTarget(Target, new NatsPlugin(), "Type=nats", $"Url={stream.Url}", $"Stream={stream.Stream}", $"Subject={stream.Subject}", "Origin=web1/shop"),
        targets);
}
