using System.Globalization;
using System.Text;
using EzAudit.Benchmarks.SideBySide;

namespace EzAudit.Benchmarks.Verifying;

/// <summary>The command <c>verify</c>: writes a sealed trail, and verifies it with one thread and with two, in turn with <c>sha256sum</c> over the same bytes.</summary>
internal sealed class VerifyComparison(VerifyOptions options)
{
    // At os, as a busy trail is: about seventy records share a leaf.
    private const string Durability = "os";
    private static readonly int[] Threads = [1, 2];

    public void Run()
    {
        DirectoryInfo root = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-bench-{Environment.ProcessId}"));
        try
        {
            string trail = Write(root.FullName);
            string key = File.ReadAllText(Path.Combine(root.FullName, "keys", "seal.vkey")).Trim();
            string[] files = [.. Directory.EnumerateFiles(trail, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0).Order(StringComparer.Ordinal)];
            List<VerifyRun> runs = Measure(trail, key, files);
            string report = Report(root.FullName, runs, files.Sum(path => new FileInfo(path).Length));
            Console.WriteLine(report);
            if (options.Markdown is not null) File.WriteAllText(options.Markdown, report);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private string Write(string root)
    {
        using var contender = new EzAuditContender(root, Durability, maxFileSize: 0, isSealed: true);
        for (int number = 0; number < options.Records; number++) contender.Write(SampleRecord.FileOf(thread: 0, number), thread: 0, number);
        return contender.LogDirectory;
    }

    private List<VerifyRun> Measure(string trail, string key, string[] files)
    {
        var runs = new List<VerifyRun>();
        // The first round warms the cache.
        for (int round = 0; round <= options.Rounds; round++)
        {
            if (round == 1) runs.Clear();
            foreach (int threads in Threads) runs.Add(VerifyRun.OfEzAudit(trail, key, threads, options.Records));
            runs.Add(VerifyRun.OfSha256Sum(files));
        }
        return runs;
    }

    private string Report(string root, List<VerifyRun> runs, long bytes)
    {
        ILookup<string, VerifyRun> byName = runs.ToLookup(run => run.Name);
        double[] medians = [.. byName.Select(group => Median(group.Select(run => run.Seconds)))];
        var text = new StringBuilder();
        text.AppendLine(Machine.Of(root).ToString()).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{options.Records:N0} records, {bytes / 1e6:N0} MB with the ledger, medians of {options.Rounds} rounds.").AppendLine();
        text.AppendLine("| | seconds | records/s | MB/s | processor seconds | peak MiB |").AppendLine("|---|--:|--:|--:|--:|--:|");
        foreach (IGrouping<string, VerifyRun> group in byName)
        {
            double seconds = Median(group.Select(run => run.Seconds));
            long peak = group.Max(run => run.PeakBytes);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {group.Key} | {seconds:N2} | {options.Records / seconds:N0} | {bytes / 1e6 / seconds:N0} | {Median(group.Select(run => run.ProcessorSeconds)):N2} | {(peak > 0 ? $"{peak >> 20}" : "-")} |");
        }
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"One thread is {medians[2] / medians[0]:N2} times as fast as sha256sum, and two are {medians[0] / medians[1]:N2} times as fast as one.");
        return text.ToString();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
