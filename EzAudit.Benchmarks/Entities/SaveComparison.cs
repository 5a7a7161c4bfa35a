using System.Globalization;
using EzAudit.Benchmarks.SideBySide;

namespace EzAudit.Benchmarks.Entities;

/// <summary>The command <c>ef</c>: what change auditing adds to a SaveChanges of 100 changed rows, with and without SQLite's syncs.</summary>
internal sealed class SaveComparison(Options options)
{
    private const int WarmUps = 300;
    private const int Saves = 300;

    private static readonly SaveContender[] Contenders = Enum.GetValues<SaveContender>();

    public void Run()
    {
        Console.WriteLine("| SaveChanges of 100 rows, SQLite in a file, os | median ms | added | 10th percentile ms | added |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        for (int round = 1; round <= options.Rounds; round++)
        {
            Round(round, syncs: true);
            Round(round, syncs: false);
        }
    }

    // Contenders alternate save by save, so that other activity on the machine hits them alike. The 10th percentile shows it least.
    private void Round(int round, bool syncs)
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-ef-{Environment.ProcessId}"));
        Saver[] savers = [.. Contenders.Select(contender => new Saver(directory.FullName, contender, syncs))];
        try
        {
            List<double>[] times = [.. savers.Select(_ => new List<double>())];
            for (int i = 0; i < WarmUps + Saves; i++)
            {
                for (int s = 0; s < savers.Length; s++)
                {
                    double time = savers[s].Save().TotalMilliseconds;
                    if (i >= WarmUps) times[s].Add(time);
                }
            }
            Check(savers);
            string name = $"run {round}, {(syncs ? "synced" : "not synced")}";
            for (int s = 0; s < savers.Length; s++) Figures.Print($"| {name}, {Contenders[s]} | {Cells(times[s], times[0], 2)} | {Cells(times[s], times[0], 10)} |");
        }
        finally
        {
            foreach (Saver saver in savers) saver.Dispose();
            directory.Delete(recursive: true);
        }
    }

    private static void Check(Saver[] savers)
    {
        for (int s = 0; s < savers.Length; s++)
        {
            int wanted = Contenders[s] is SaveContender.Audit or SaveContender.Outbox ? 100 * (WarmUps + Saves) : 0;
            if (savers[s].Records != wanted) throw new InvalidOperationException($"{Contenders[s]}: found {savers[s].Records} records, expected {wanted}");
        }
    }

    private static string Cells(List<double> times, List<double> without, int part)
    {
        (double time, double least) = (times.Order().ElementAt(times.Count / part), without.Order().ElementAt(without.Count / part));
        return string.Create(CultureInfo.InvariantCulture, $"{time:N3} | {(time / least) - 1:P1}");
    }
}
