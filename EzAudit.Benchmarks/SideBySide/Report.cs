using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Writes the tables for people and the figures for programs.</summary>
internal sealed class Report(Machine machine, IReadOnlyList<Outcome> outcomes)
{
    private const string Notes = """
        Each figure is the median of the rounds, except the longest call, which is that of all rounds; ratios are taken within a round. A
        call's duration is the time its caller waits. The rate includes the time until the operating system has everything, or at level
        disk, until everything is on disk. "cpu" is the processor time of the process for each record, and "raw cpu" that of the raw limit as a
        part of it: a machine that is busy with other things lowers the rates, but hardly these.

        \* Queued: the call returns when the record is in memory, so its durations are those of a queue (and of waiting for room in it);
        a crash of the process loses what is queued.

        Hand-made sync: the logger's call followed by an fdatasync(2) of its file for each record, which loggers do not offer, under a lock
        per file or unlocked. The loggers write at their own file positions; EzAudit and the raw limit append (O_APPEND), which several
        processes need. Serilog's shared file also supports several processes. "Rolling" files roll at 4 MiB.
        """;

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        // The text goes to files, not to web pages, so a plus sign is not escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public void Write(Options options)
    {
        string text = ToMarkdown();
        Console.WriteLine(text);
        if (options.Markdown is not null) File.WriteAllText(options.Markdown, text);
        if (options.Json is not null) File.WriteAllText(options.Json, JsonSerializer.Serialize(new { machine, outcomes }, JsonOptions));
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var load in outcomes.GroupBy(outcome => (outcome.Level, outcome.Threads)))
        {
            string threads = load.Key.Threads == 1 ? "thread" : "threads";
            text.AppendLine(CultureInfo.InvariantCulture, $"### Level {Name(load.Key.Level)}, {load.Key.Threads} {threads}\n");
            text.AppendLine("| | records/s | of raw | of raw, 1 thread | cpu µs | raw cpu | p50 µs | p99 µs | p99.9 µs | longest µs | B/record | checked |");
            text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            foreach (var rounds in load.GroupBy(outcome => outcome.Entry)) text.AppendLine(Row([.. rounds]));
            text.AppendLine();
        }
        text.AppendLine(Notes).AppendLine().AppendLine(machine.ToString());
        return text.ToString();
    }

    private static string Name(AuditDurability level) => level == AuditDurability.Disk ? "disk" : "os";

    private string Row(Outcome[] rounds)
    {
        Measurement[] measured = [.. rounds.Select(outcome => outcome.Measurement)];
        string[] cells =
        [
            rounds[0].Name + (rounds[0].Entry.IsQueued ? " \\*" : ""),
            Text("N0", Median(measured.Select(run => run.RecordsPerSecond))),
            Text("P1", Median(rounds.SelectMany(outcome => OfRaw(outcome, outcome.Threads)))),
            Text("P1", Median(rounds.SelectMany(outcome => OfRaw(outcome, threads: 1)))),
            Text("N2", Median(measured.Select(run => run.CpuPerRecord))),
            Text("P1", Median(rounds.SelectMany(RawCpuOf))),
            Text("N1", Median(measured.Select(run => run.P50))),
            Text("N1", Median(measured.Select(run => run.P99))),
            Text("N1", Median(measured.Select(run => run.P999))),
            Text("N0", measured.Max(run => run.Max)),
            Text("N0", Median(measured.Select(run => run.AllocatedPerRecord))),
            "checked " + Text("N0", measured.Sum(run => run.Records)),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private IEnumerable<double> OfRaw(Outcome outcome, int threads) => outcomes
        .Where(raw => raw.Level == outcome.Level && raw.Round == outcome.Round && raw.Threads == threads)
        .Take(1)
        .Select(raw => outcome.RecordsPerSecond / raw.RecordsPerSecond);

    private IEnumerable<double> RawCpuOf(Outcome outcome) => outcomes
        .Where(raw => raw.Level == outcome.Level && raw.Round == outcome.Round && raw.Threads == outcome.Threads)
        .Take(1)
        .Select(raw => raw.Measurement.CpuPerRecord / outcome.Measurement.CpuPerRecord);

    private static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return null;
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(string format, double? value) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
