namespace EzAudit.Tests.Children;

/// <summary>Writes a record of each given function, ROOT FUNCTION..., and prints the names of EzAudit's threads that are running afterwards.</summary>
internal static class CountThreads
{
    public static int Run(string[] args)
    {
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        foreach (string function in args[1..]) writer.WriteAudit(function, ("User id", 14));
        string[] names = [.. Directory.GetDirectories("/proc/self/task").Select(NameOf).Where(name => name.StartsWith("EzAudit", StringComparison.Ordinal))];
        Console.WriteLine(string.Join(", ", names));
        return 0;
    }

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            // The thread has just ended.
            return "";
        }
    }
}
