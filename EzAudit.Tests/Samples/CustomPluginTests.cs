namespace EzAudit.Tests.Samples;

/// <summary>The sample for plugin authors, as a process.</summary>
[TestClass]
public sealed class CustomPluginTests
{
    [TestMethod]
    public void ItsTargetKeepsTheLastRecordsAndItsFileAllOfThem()
    {
        using var sample = new SampleCopy("CustomPlugin");

        string output = sample.Run();

        Assert.DoesNotContain("Sales of month 2,", output);
        Assert.Contains("report-export: Sales of month 3, 300 rows\n", output);
        Assert.Contains("report-export: Sales of month 5, 500 rows\n", output);
        Assert.Contains("The collector has 5 records.\n", output);
        for (int month = 1; month <= 5; month++) Assert.Contains($"Report: Sales of month {month}\n", sample.ReadLog("report.log"));
    }
}
