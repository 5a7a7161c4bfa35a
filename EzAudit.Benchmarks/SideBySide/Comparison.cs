using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The command <c>side-by-side</c>: contenders take turns, round by round, so that a drifting machine affects all of them alike.</summary>
internal sealed class Comparison(Options options)
{
    private const int MaxRecordsPerThread = 20_000_000;

    public void Run()
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-bench-{Environment.ProcessId}"));
        try
        {
            var trial = new Trial(directory.FullName);
            Outcome[] outcomes = [.. options.Levels.SelectMany(level => RunLevel(trial, level))];
            new Report(Machine.Of(directory.FullName), outcomes).Write(options);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private List<Outcome> RunLevel(Trial trial, AuditDurability level)
    {
        IReadOnlyList<Entry> entries = Entries.Of(level, options.Only);
        Dictionary<(Entry, int), int> records = [];
        foreach (int threads in options.Threads)
        {
            foreach (Entry entry in entries) records[(entry, threads)] = Calibrate(trial, entry, threads);
        }
        var outcomes = new List<Outcome>();
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int threads in options.Threads)
            {
                foreach (Entry entry in entries)
                {
                    var outcome = new Outcome(entry, threads, round, trial.Run(entry, threads, records[(entry, threads)]));
                    outcomes.Add(outcome);
                    Console.Error.WriteLine($"{level} round {round}, {threads} threads, {entry.Name}: {outcome.RecordsPerSecond:N0} records/s");
                }
            }
        }
        return outcomes;
    }

    // Also warms up the JIT and the contender: at least three runs, the last as long as those that count.
    private int Calibrate(Trial trial, Entry entry, int threads)
    {
        int records = 16;
        for (int run = 1; ; run++)
        {
            double seconds = trial.Run(entry, threads, records).Seconds;
            int wanted = (int)Math.Clamp(records * options.Seconds / seconds, 1, MaxRecordsPerThread);
            if (run >= 3 && (seconds > 0.8 * options.Seconds || records == MaxRecordsPerThread)) return wanted;
            records = (int)Math.Clamp(wanted, records, Math.Min(16L * records, MaxRecordsPerThread));
        }
    }
}
