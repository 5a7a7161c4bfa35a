using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EzAudit.Benchmarks.ReadBack;

/// <summary>Asks EzAudit and common tools the same questions about one file, and compares answers and times of whole processes with a warm cache.</summary>
internal sealed class ReadBackComparison(ReadBackOptions options)
{
    private readonly string _output = Path.GetTempFileName();

    public void Run()
    {
        string path = SampleLog.Make(options.Directory, options.MiB, options.Format);
        var table = new StringBuilder($"File of {options.MiB} MiB in {options.Format}, {Environment.ProcessorCount} cores, median of {options.Rounds} runs, start-up included.\n\n");
        table.Append("| question | program | seconds | relative to EzAudit | peak memory | at most |\n|---|---|---|---|---|---|\n");
        bool isSame = true;
        foreach (Question question in Question.Of(options.Format)) isSame &= Ask(question, path, table);
        File.Delete(_output);
        Console.WriteLine(table);
        if (options.Markdown is not null) File.WriteAllText(options.Markdown, table.ToString());
        if (!isSame) throw new InvalidOperationException("The answers differ; see the table above.");
    }

    private bool Ask(Question question, string path, StringBuilder table)
    {
        string self = options.Tool is { } tool ? $"{tool} {question.Tool}" : $"{Environment.ProcessPath} read-back-answer {question.Api} $FILE";
        (double wanted, string answer, long memory) = Measure(self, path);
        string limit = (question.Limit * options.MiB / 1024).ToString("0.00", CultureInfo.InvariantCulture);
        table.Append(CultureInfo.InvariantCulture, $"| {question.Name} | EzAudit | {wanted:0.000} | 1 | {memory >> 10} MiB | {limit} |\n");
        bool isSame = true;
        foreach ((string program, string command) in question.Others)
        {
            if (!IsInstalled(program))
            {
                table.Append(CultureInfo.InvariantCulture, $"| | {program} | not installed | | | |\n");
                continue;
            }
            (double seconds, string other, long peak) = Measure(command, path);
            // The tool prints reports in a format of its own.
            bool isOne = other == answer || (options.Tool is not null && question.Api == "report");
            isSame &= isOne;
            table.Append(CultureInfo.InvariantCulture, $"| | {program}{(isOne ? "" : " (different answer!)")} | {seconds:0.000} | {seconds / wanted:0.0} | {peak >> 10} MiB | |\n");
        }
        return isSame;
    }

    private (double Seconds, string Answer, long PeakKiB) Measure(string command, string path)
    {
        var seconds = new List<double>();
        long peak = 0;
        // The first run warms the cache.
        for (int round = 0; round <= options.Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"({command}) > {_output}"]) { Environment = { ["FILE"] = path } })!;
            peak = Math.Max(peak, PeakUntilExit(process));
            if (round > 0) seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        seconds.Sort();
        return (seconds[seconds.Count / 2], Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_output))), peak);
    }

    // The kernel forgets the peak of a process group's largest process when that ends, so it is sampled.
    private static long PeakUntilExit(Process process)
    {
        long peak = 0;
        while (!process.WaitForExit(10))
        {
            foreach (string status in Descendants(process.Id))
            {
                try
                {
                    string? line = File.ReadLines($"/proc/{status}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                    if (line is not null) peak = Math.Max(peak, long.Parse(line.AsSpan()[6..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture));
                }
                catch (IOException)
                {
                    // The process has just ended.
                }
            }
        }
        return peak;
    }

    private static IEnumerable<string> Descendants(int id)
    {
        string[] children;
        try
        {
            children = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            // The process has just ended.
            return [];
        }
        return children.SelectMany(child => Descendants(int.Parse(child, CultureInfo.InvariantCulture)).Append(child));
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, program)));
}
