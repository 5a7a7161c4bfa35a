using System.Globalization;
using EzAudit.Benchmarks.SideBySide;

namespace EzAudit.Benchmarks.Entities;

/// <summary>The command <c>ef</c>: what the audit of changes adds to SaveChanges of a hundred changed rows, without and with the outbox.</summary>
internal sealed class SaveComparison(Options options)
{
    private const int WarmUps = 50;
    private const int Saves = 300;

    public void Run()
    {
        Console.WriteLine("| SaveChanges of 100 rows, SQLite in a file, os | median ms | more than without |");
        Console.WriteLine("|---|--:|--:|");
        for (int round = 1; round <= options.Rounds; round++) Round(round);
    }

    // In turns, save by save, so that what the machine does besides hits all.
    private void Round(int round)
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-ef-{Environment.ProcessId}"));
        Saver[] savers = [new(directory.FullName, false, false), new(directory.FullName, true, false), new(directory.FullName, true, true)];
        try
        {
            List<double>[] times = [[], [], []];
            for (int i = 0; i < WarmUps + Saves; i++)
            {
                for (int s = 0; s < savers.Length; s++)
                {
                    double time = savers[s].Save().TotalMilliseconds;
                    if (i >= WarmUps) times[s].Add(time);
                }
            }
            foreach (Saver saver in savers[1..])
            {
                if (saver.Records != 100 * (WarmUps + Saves)) throw new InvalidOperationException($"found {saver.Records} records, wanted {100 * (WarmUps + Saves)}");
            }
            double without = Median(times[0]);
            Print($"| run {round}, without | {without:N2} | |");
            Print($"| run {round}, with | {Median(times[1]):N2} | {(Median(times[1]) / without) - 1:P1} |");
            Print($"| run {round}, with outbox | {Median(times[2]):N2} | {(Median(times[2]) / without) - 1:P1} |");
        }
        finally
        {
            foreach (Saver saver in savers) saver.Dispose();
            directory.Delete(recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
