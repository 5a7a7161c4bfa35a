using System.Diagnostics;
using EzAudit.Benchmarks.Remote;
using EzAudit.Benchmarks.SideBySide;
using EzAudit.Syslog;

namespace EzAudit.Benchmarks.Syslog;

/// <summary>The command <c>syslog</c>: records per second to a local rsyslogd, and how much syslog as a second target slows down the file.</summary>
internal sealed class SyslogComparison(Options options)
{
    private const string Target = "log";
    private const int Records = 1_000_000;

    public void Run()
    {
        Console.WriteLine("| syslog alone, 8 threads, TCP, rfc5424 | records | arrived | duplicates | calls/s | arrived/s | server's CPU s |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        for (int round = 1; round <= options.Rounds; round++) In(directory => Throughput(directory, round));
        Console.WriteLine();
        Console.WriteLine("| durability | file alone, records/s | with syslog as well | ratio |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var level in options.Levels) Beside(level.ToString().ToLowerInvariant());
    }

    private static void Throughput(string directory, int round)
    {
        using var server = new LocalServer(directory);
        long start;
        double written;
        double arrived;
        using (var contender = Open(directory, "os", server, Target))
        {
            start = Stopwatch.GetTimestamp();
            contender.WriteWhile((_, number) => number < Records / SpooledContender.Threads);
            written = Stopwatch.GetElapsedTime(start).TotalSeconds;
            contender.WaitUntilSent();
            arrived = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        double processor = server.ProcessorTime.TotalSeconds;
        var (all, different) = server.Count();
        Figures.Print($"| run {round} | {Records:N0} | {different:N0} | {all - different:N0} | {Records / written:N0} | {Records / arrived:N0} | {processor:N1} |");
        if (different != Records) throw new InvalidOperationException($"{Records - different} records were lost.");
    }

    // Alternating, so that other activity on the machine hits both.
    private void Beside(string durability)
    {
        var alone = new List<double>();
        var beside = new List<double>();
        for (int round = 0; round < options.Rounds; round++)
        {
            In(directory => alone.Add(Rate(directory, durability, SpooledContender.File)));
            In(directory => beside.Add(Rate(directory, durability, SpooledContender.File, Target)));
        }
        double before = Figures.Median(alone);
        double after = Figures.Median(beside);
        Figures.Print($"| {durability} | {before:N0} | {after:N0} | {after / before:P1} |");
    }

    private double Rate(string directory, string durability, params string[] targets)
    {
        using var server = new LocalServer(directory);
        using var contender = Open(directory, durability, server, targets);
        var time = TimeSpan.FromSeconds(options.Seconds);
        long start = Stopwatch.GetTimestamp();
        long records = contender.WriteWhile((_, _) => Stopwatch.GetElapsedTime(start) < time);
        return records / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static SpooledContender Open(string root, string durability, LocalServer server, params string[] targets) => new(
        root, durability, new RemoteTarget(Target, new SyslogPlugin(), "Type=syslog", "Transport=tcp", "Host=127.0.0.1", $"Port={server.Port}"), targets);

    private void In(Action<string> run) => Figures.InDirectory(options.Directory, "syslog", run);
}
