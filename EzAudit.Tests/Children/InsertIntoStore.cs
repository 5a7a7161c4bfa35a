using System.Globalization;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Tests.PostgreSql;

namespace EzAudit.Tests.Children;

/// <summary>Inserts numbered records of a run without end: CONNECTION RUN FIRST. Prints the last number that the store acknowledged after each batch.</summary>
internal static class InsertIntoStore
{
    private const int BatchSize = 200;

    public static int Run(string[] args)
    {
        var inserter = new RecordInserter(new StorePlace(args[0]));
        for (long first = long.Parse(args[2], CultureInfo.InvariantCulture); ; first += BatchSize)
        {
            inserter.InsertAsync(StoreRecords.Of(args[1], first, BatchSize), default).AsTask().GetAwaiter().GetResult();
            Console.WriteLine((first + BatchSize - 1).ToString(CultureInfo.InvariantCulture));
        }
    }
}
