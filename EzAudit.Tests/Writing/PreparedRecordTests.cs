using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>Records that are prepared when something happens and written when it is certain.</summary>
[TestClass]
public sealed class PreparedRecordTests
{
    [TestMethod]
    public async Task ActorAddressAndTimeAreThoseOfTheMoment()
    {
        using var site = new AuditSite();
        AuditRecord record;
        using (AuditContext.Use(new AuditActor("editor", "16"), "10.0.0.7")) record = site.Writer.Prepare("order-delete", ("Order ID", 7))!;
        Assert.IsFalse(site.Has("order_delete.log"));
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsTrue(site.Writer.WriteAudit(record));
        Assert.IsTrue(await site.Writer.WriteAuditAsync(record));
        string once = "[ May 23 2007 14:47:58 ] [10.0.0.7] [editor:16]\nOrder ID: 7\n\n";
        Assert.AreEqual(once + once, site.Read("order_delete.log"));
    }

    [TestMethod]
    public void ARecordThatIsNotWrittenIsNotPrepared()
    {
        using var site = new AuditSite();
        Assert.IsNull(site.Writer.Prepare("content-move", ("Node ID", 1)));
    }

    [TestMethod]
    public void ARecordWithoutAFunctionHasNowhereToGo()
    {
        using var site = new AuditSite();
        var record = new AuditRecord(Written.Time, "host", new AuditActor("a", "1"), []);
        Assert.ThrowsExactly<ArgumentException>(() => site.Writer.WriteAudit(record));
    }

    [TestMethod]
    public void SecretsAreTakenOutBeforeItIsKeptAndNotDigestedTwice()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[RedactionSettings]\nMode=hmac\nKeyFile=settings/key\n");
        File.SetUnixFileMode(site.Root.Write("settings/key", "0123456789abcdef0123456789abcdef"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AuditRecord record = site.Writer.Prepare("user-login", ("ApiKey new", "s3kr1t"))!;
        Assert.DoesNotContain("s3kr1t", record["ApiKey new"]!);
        site.Writer.WriteAudit(record);
        site.Writer.WriteAudit("user-login", ("#ApiKey", "s3kr1t"));
        AuditRecord[] written = site.Records("login.log");
        StringAssert.StartsWith(written[0]["ApiKey new"]!, "[hmac-sha256:", StringComparison.Ordinal);
        Assert.AreEqual(written[1]["#ApiKey"], written[0]["ApiKey new"]);
    }

    [TestMethod]
    public void TheLogOfAWriterIsFoundByItsSettings()
    {
        using var site = new AuditSite();
        site.Writer.WriteAudit("order-delete", ("Order ID", 7));
        using AuditLogReader log = AuditLogReader.Open(site.Writer);
        Assert.AreEqual("7", log.Search(AuditQuery.All).Single().Record["Order ID"]);
    }
}
