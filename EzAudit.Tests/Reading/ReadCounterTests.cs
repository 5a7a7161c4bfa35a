using EzAudit.Reading.Files;
using EzAudit.Records;

namespace EzAudit.Tests.Reading;

/// <summary>Progress reported from several threads.</summary>
[TestClass]
public sealed class ReadCounterTests
{
    [TestMethod]
    public void ReportsNeverGoBackAreFewAndEndWithTheTotal()
    {
        const int pieces = 100_000;
        var reports = new Reports();
        var counter = new ReadCounter(reports);

        counter.Start(pieces * 10L);
        Parallel.For(0, pieces, number =>
        {
            if (number % 10 == 0) counter.Skip(10);
            else counter.Add(10);
        });

        long[] read = [.. reports.All.Select(report => report.BytesRead)];
        CollectionAssert.AreEqual(read.Order().ToArray(), read);
        Assert.IsInRange(500, 1001, read.Length);
        Assert.AreEqual(new AuditReadProgress { BytesRead = pieces * 10L, TotalBytes = pieces * 10L, SkippedBytes = pieces }, reports.All[^1]);
    }

    // Unsynchronized: the counter makes one call at a time.
    private sealed class Reports : IProgress<AuditReadProgress>
    {
        public List<AuditReadProgress> All { get; } = [];

        public void Report(AuditReadProgress value) => All.Add(value);
    }
}
