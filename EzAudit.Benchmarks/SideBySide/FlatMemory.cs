using System.Globalization;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The command <c>flat-memory</c>: writes millions of records through one rotating writer, and shows what the process holds meanwhile.</summary>
internal sealed class FlatMemory(Options options)
{
    private const int RecordsBetweenSweeps = 100_000;
    // A negative value leaves the key out, so the default applies.
    private const long DefaultFileSize = -1;

    public void Run()
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-flat-{Environment.ProcessId}"));
        try
        {
            using var contender = new EzAuditContender(directory.FullName, "os", DefaultFileSize);
            Console.WriteLine("| records | managed heap KiB | RSS KiB | descriptors | files rotated away |");
            Console.WriteLine("|--:|--:|--:|--:|--:|");
            Print(0, 0);
            int rotated = 0;
            for (int number = 0; number < options.Records; number++)
            {
                contender.Write(SampleRecord.FileOf(0, number), 0, number);
                int written = number + 1;
                if (written % RecordsBetweenSweeps == 0) rotated += DeleteRotated(contender.LogDirectory);
                // After the first tenth everything is warm, and nothing may grow.
                if (written == options.Records / 10 || written == options.Records) Print(written, rotated);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Print(int written, int rotated)
    {
        long heap = GC.GetTotalMemory(forceFullCollection: true) >> 10;
        int descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        long resident = Environment.WorkingSet >> 10;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {written:N0} | {heap:N0} | {resident:N0} | {descriptors} | {rotated} |"));
    }

    // Keeps the disk from filling up.
    private static int DeleteRotated(string logDirectory)
    {
        string[] rotated = [.. Directory.EnumerateFiles(logDirectory).Where(path => !path.EndsWith(".log", StringComparison.Ordinal))];
        foreach (string path in rotated) File.Delete(path);
        return rotated.Length;
    }
}
