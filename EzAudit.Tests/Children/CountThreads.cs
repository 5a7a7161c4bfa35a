namespace EzAudit.Tests.Children;

/// <summary>Writes a record of each given function, ROOT FUNCTION..., and prints the names of EzAudit's threads that are running afterwards.</summary>
internal static class CountThreads
{
    // The kernel keeps 15 characters of a name.
    private const string SpaceErrand = "EzAudit disk sp";

    public static int Run(string[] args)
    {
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        foreach (string function in args[1..]) writer.WriteAudit(function, ("User id", 14));
        // An errand lives only as long as its work: the first look at the free space may still be under way.
        SpinWait.SpinUntil(() => !Names().Contains(SpaceErrand), TimeSpan.FromSeconds(10));
        Console.WriteLine(string.Join(", ", Names()));
        return 0;
    }

    private static string[] Names() => [.. Directory.GetDirectories("/proc/self/task").Select(NameOf).Where(name => name.StartsWith("EzAudit", StringComparison.Ordinal))];

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
