namespace EzAudit.Tests.PostgreSql;

/// <summary>What a fault test of the store found: prints it as a row of a table, and fails if a record is lost, or is there twice.</summary>
internal static class StoreFaultReport
{
    /// <param name="context">Where it is printed.</param>
    /// <param name="server">The store, with the records of one run.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="trials">How often it was caused.</param>
    /// <param name="acknowledged">How many records were acknowledged: those with the numbers from 1.</param>
    /// <returns>The numbers of the records in the store, in order.</returns>
    public static List<long> Write(TestContext context, StoreServer server, string fault, int trials, long acknowledged)
    {
        List<long> stored = server.Query<long>("SELECT number FROM ezaudit.audit_record ORDER BY number");
        int twice = stored.Count - stored.Distinct().Count();
        long lost = acknowledged - stored.Distinct().LongCount(number => number <= acknowledged);
        context.WriteLine("fault | trials | acknowledged | in the store | lost | twice");
        context.WriteLine($"{fault} | {trials} | {acknowledged} | {stored.Count} | {lost} | {twice}");
        Assert.AreEqual(0, lost, "lost");
        Assert.AreEqual(0, twice, "twice");
        return stored;
    }
}
