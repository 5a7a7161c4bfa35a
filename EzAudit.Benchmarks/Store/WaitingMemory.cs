using System.Diagnostics;
using System.Globalization;

namespace EzAudit.Benchmarks.Store;

/// <summary>How much memory a writer takes while the records of its target wait in the spool, beyond one that only writes its log file. In a process of its own.</summary>
internal sealed class WaitingMemory(StoreOptions options)
{
    private const int WarmUp = 50_000;

    public void Run(StoreTable table)
    {
        DirectoryInfo root = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-waiting-{Environment.ProcessId}"));
        try
        {
            string count = options.Waiting.ToString(CultureInfo.InvariantCulture);
            using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["store-waiting", root.FullName, count]) { RedirectStandardOutput = true })!;
            long[] kibibytes = [.. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
            process.WaitForExit();
            table.Begin($"server away, {options.Waiting:N0} records in the spool", "MiB", "goal");
            table.Add("a writer with its log file only", $"{kibibytes[0] >> 10}", "");
            table.Add("most with the spool, beyond that", $"{(kibibytes[1] - kibibytes[0]) >> 10}", "100");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>Prints the peaks of the resident memory in KiB: with the log file only, and with the spool as well.</summary>
    public static void Measure(string root, int count)
    {
        var records = new SpooledRecords(root);
        records.Write(WarmUp, "file");
        Console.WriteLine(Peak());
        records.Write(count, "file", "central");
        Console.WriteLine(Peak());
    }

    private static long Peak()
    {
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan()[6..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
