using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Tests.Children;

/// <summary>Writes numbered records in one call: ROOT FUNCTION COUNT. Prints <c>ready</c>, waits for a line, writes, prints <c>done</c>.</summary>
internal static class AppendBatch
{
    public static int Run(string[] args)
    {
        int count = int.Parse(args[2], CultureInfo.InvariantCulture);
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        AuditRecord[] records = [.. Enumerable.Range(0, count).Select(i => writer.Prepare(args[1], ("Number", i))!)];
        Console.WriteLine("ready");
        Console.ReadLine();
        if (!writer.WriteAudit(records)) return 1;
        Console.WriteLine("done");
        return 0;
    }
}
