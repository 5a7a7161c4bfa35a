namespace EzAudit.Tests.Children;

/// <summary>Writes a record to each of some functions, ROOT FUNCTION..., and names the threads of EzAudit that are there afterwards.</summary>
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
            // It has just ended.
            return "";
        }
    }
}
