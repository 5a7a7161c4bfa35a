using System.Text;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Children;

/// <summary>
/// Writes numbered records from three threads and ends in the middle of writing: ROOT WAY, where WAY is <c>failfast</c>, <c>overflow</c>
/// (of the stack) or <c>exception</c>. Prints <c>ready</c>, waits for a line, prints <c>+ID</c> after each call that returned true.
/// </summary>
internal static class EndSuddenly
{
    private const int Threads = 3;
    private const int Records = 200;

    public static int Run(string[] args)
    {
        AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        using Stream output = Console.OpenStandardOutput();
        output.Write("ready\n"u8);
        Console.ReadLine();
        int left = Records;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; ; i++)
            {
                string id = $"{thread}-{i}";
                if (NumberedRecord.Write(writer, "user-login", id, 300)) output.Write(Encoding.UTF8.GetBytes($"+{id}\n"));
                if (Interlocked.Decrement(ref left) == 0) End(args[1]);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return 0;
    }

    private static void End(string way)
    {
        if (way == "failfast") Environment.FailFast("as the test says");
        if (way == "exception") throw new InvalidOperationException("as the test says");
        Deeper(1);
    }

    private static int Deeper(int depth) => 1 + Deeper(depth + 1) + depth;
}
