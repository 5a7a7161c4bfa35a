using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

[TestClass]
public sealed class ProcessTests
{
    private const int Processes = 8;
    private const int RecordsEach = 5000;

    [TestMethod]
    [Fault(36)]
    [DataRow(100)]
    [DataRow(5000)]
    public void EightProcessesOnOneFileLoseAndTearNothing(int size)
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=0\n");
        ChildProcess[] children = [.. Enumerable.Range(0, Processes).Select(i => ChildProcess.Start(
            nameof(AppendRecords), site.Root.Path, "user-login", i.ToString(CultureInfo.InvariantCulture), RecordsEach.ToString(CultureInfo.InvariantCulture), size.ToString(CultureInfo.InvariantCulture)))];
        foreach (ChildProcess child in children) Assert.AreEqual("ready", child.ReadLine());
        foreach (ChildProcess child in children) child.Input.WriteLine();
        foreach (ChildProcess child in children)
        {
            Assert.AreEqual((0, "done\n", ""), child.Finish());
            child.Dispose();
        }

        AuditRecord[] records = site.Records("login.log");
        Assert.HasCount(Processes * RecordsEach, records);
        foreach (IGrouping<string?, AuditRecord> writer in records.GroupBy(record => record["Writer"]))
        {
            string[] numbers = [.. writer.Select(record => record["Number"]!)];
            CollectionAssert.AreEqual(Enumerable.Range(0, RecordsEach).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray(), numbers);
        }
    }
}
