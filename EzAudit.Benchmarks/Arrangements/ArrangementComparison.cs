using System.Diagnostics;
using System.Globalization;
using EzAudit.Benchmarks.SideBySide;

namespace EzAudit.Benchmarks.Arrangements;

/// <summary>
/// The command <c>arrangements</c>: the fastest way to get 32 records for ten files onto disk. Without formatting or waiting callers, so it shows
/// the upper bound of each arrangement. The engine uses the best one that keeps every promise.
/// </summary>
internal sealed class ArrangementComparison(Options options)
{
    public void Run()
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-arrangements-{Environment.ProcessId}"));
        try
        {
            using var files = new TenFiles(directory.FullName);
            Arrangement[] arrangements = [.. files.Arrangements];
            var rates = arrangements.ToDictionary(arrangement => arrangement, _ => new List<double>());
            for (int round = 0; round < options.Rounds; round++)
            {
                foreach (Arrangement arrangement in arrangements) rates[arrangement].Add(Measure(arrangement.Round));
            }
            Console.WriteLine($"| {TenFiles.Records} records, ten files | rounds/s | records/s | drawback |");
            Console.WriteLine("|---|--:|--:|---|");
            foreach (Arrangement arrangement in arrangements) Console.WriteLine(Row(arrangement, Figures.Median(rates[arrangement])));
            Console.WriteLine($"\nMedians of {options.Rounds} rounds. {Machine.Of(directory.FullName)}");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private double Measure(Action round)
    {
        round();
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        TimeSpan elapsed;
        do
        {
            round();
            count++;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalSeconds < options.Seconds);
        return count / elapsed.TotalSeconds;
    }

    private static string Row(Arrangement arrangement, double rate) => string.Create(
        CultureInfo.InvariantCulture, $"| {arrangement.Name} | {rate:N0} | {rate * TenFiles.Records:N0} | {arrangement.Drawback} |");
}
