using EzAudit.Records;

namespace EzAudit.Tests.Records;

[TestClass]
public sealed class AuditFoundRecordTests
{
    private static readonly AuditRecord Record = new(DateTimeOffset.UnixEpoch, "10.0.0.1", new AuditActor("anna", "7"), [("Order ID", 7)]);

    [TestMethod]
    public void CodeThatShowsRecordsCanBeTestedWithoutALogFile()
    {
        var file = new AuditLogFile { Path = "order_delete.log", Functions = ["order-delete"] };

        var found = new AuditFoundRecord(file, Record) { Offset = 54, Bytes = new byte[10] };

        Assert.AreEqual(("order-delete", DateTimeOffset.UnixEpoch, 54L, 10), (found.Function, found.Time, found.Offset, found.Length));
        Assert.AreSame(Record, found.Record);
    }

    [TestMethod]
    public void WithoutBytesItIsStillARecord()
    {
        var found = new AuditFoundRecord(new AuditLogFile { Path = "a.log" }, Record);

        Assert.AreEqual(0, found.Length);
        Assert.IsNull(found.Function);
    }
}
