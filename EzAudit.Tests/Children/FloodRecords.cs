using System.Globalization;
using System.Text;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Children;

/// <summary>
/// Writes numbered records from several threads: ROOT FUNCTION[,FUNCTION] PREFIX THREADS SIZE COUNT [SEGMENT], where COUNT is per thread, the
/// threads take the functions in turn, and SEGMENT is the length from which a segment of the ledger is full. Prints <c>ready</c>, waits for a line, prints <c>+ID</c> after each call that returned true, and
/// <c>-ID ...</c> when a thread's call fails; that thread stops.
/// </summary>
internal static class FloodRecords
{
    public static int Run(string[] args)
    {
        int size = int.Parse(args[4], CultureInfo.InvariantCulture);
        int count = int.Parse(args[5], CultureInfo.InvariantCulture);
        string[] functions = args[1].Split(',');
        AuditWriterBuilder builder = args.Length > 6
            ? new AuditWriterBuilder(args[0]) { LedgerSegmentBytes = long.Parse(args[6], CultureInfo.InvariantCulture) }
            : new AuditWriterBuilder(args[0]);
        using AuditWriter writer = builder.Build();
        // Not Console.Out: each line is one write(2), so that a kill never leaves a partial line.
        using Stream output = Console.OpenStandardOutput();
        Say(output, "ready");
        Console.ReadLine();
        Thread[] threads = [.. Enumerable.Range(0, int.Parse(args[3], CultureInfo.InvariantCulture)).Select(thread => new Thread(() => Flood(thread)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return 0;

        void Flood(int thread)
        {
            for (int i = 0; i < count; i++)
            {
                string id = $"{args[2]}-{thread}-{i}";
                try
                {
                    if (!NumberedRecord.Write(writer, functions[thread % functions.Length], id, size)) throw new InvalidOperationException("WriteAudit returned false.");
                    Say(output, "+" + id);
                }
                catch (Exception failure)
                {
                    Say(output, $"-{id} {failure.GetType().Name}: {failure.Message}");
                    return;
                }
            }
        }
    }

    private static void Say(Stream output, string line) => output.Write(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n"));
}
