using System.Globalization;

namespace EzAudit.Tests.Children;

/// <summary>Writes numbered records: ROOT FUNCTION WRITER COUNT SIZE. Prints <c>ready</c>, waits for a line, writes, prints <c>done</c>.</summary>
internal static class AppendRecords
{
    public static int Run(string[] args)
    {
        string function = args[1];
        string writerId = args[2];
        int count = int.Parse(args[3], CultureInfo.InvariantCulture);
        string padding = new('x', int.Parse(args[4], CultureInfo.InvariantCulture));

        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        Console.WriteLine("ready");
        Console.ReadLine();
        for (int i = 0; i < count; i++)
        {
            if (!writer.WriteAudit(function, ("Writer", writerId), ("Number", i), ("Padding", padding))) return 1;
        }
        Console.WriteLine("done");
        return 0;
    }
}
