using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>What a writer does when its key is lost, cannot be replaced, or the clock is wrong: records are stored in any case.</summary>
[TestClass]
public sealed class KeyPolicyTests
{
    [TestMethod]
    public void EachEpochHasItsOwnKey()
    {
        using var site = new SealedSite("Epoch=1m\n");
        using (AuditWriter writer = site.NewWriter())
        {
            for (int i = 0; i < 4; i++)
            {
                SealedSite.Write(writer, 3);
                SealedSite.Sign(writer);
                site.Clock.Advance(TimeSpan.FromMinutes(2));
            }
        }

        Assert.IsGreaterThanOrEqualTo(3, site.Leaves(LeafKind.NextKey).Length);
        Assert.AreEqual(12, site.Expect().Records);
    }

    [TestMethod]
    public void ALostKeyIsANewTrustRoot()
    {
        var log = new FakeLoggerFactory();
        using var site = new SealedSite();
        site.Write(5);
        site.Trust();
        Directory.Delete(site.Root["keys"], recursive: true);
        using (AuditWriter writer = site.NewWriter(log)) SealedSite.Write(writer, 5);

        Assert.Contains("new trust root", string.Join('\n', log.Messages));
        site.Expect("trust-root");
        site.Trust();
        Assert.AreEqual(10, site.Expect().Records);
    }

    [TestMethod]
    public void AKeyThatIsLostWhileTheWriterRunsIsReplaced()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            SealedSite.Sign(writer);
            site.Trust();
            Directory.Delete(site.Root["keys"], recursive: true);
            SealedSite.Write(writer, 5);
            SealedSite.Sign(writer);
        }

        site.Expect("trust-root");
        site.Trust();
        Assert.AreEqual(10, site.Expect().Records);
    }

    [TestMethod]
    public void AKeyThatCannotBeReplacedStaysInUse()
    {
        using var site = new SealedSite("Epoch=1m\n");
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            SealedSite.Sign(writer);
            Directory.CreateDirectory(site.Root["keys/seal.key.next"]);
            site.Clock.Advance(TimeSpan.FromMinutes(2));
            SealedSite.Write(writer, 5);
            SealedSite.Sign(writer);

            Assert.AreEqual(AuditHealthState.Degraded, writer.Health.State);
            Directory.Delete(site.Root["keys/seal.key.next"]);
        }

        Assert.IsEmpty(site.Leaves(LeafKind.NextKey));
        Assert.AreEqual(10, site.Expect().Records);
    }

    [TestMethod]
    public void AClockThatGoesBackIsANote()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.NewWriter())
        {
            SealedSite.Write(writer, 5);
            site.Clock.AdjustTime(TestClock.Start.AddDays(-400));
            SealedSite.Write(writer, 5);
        }

        AuditVerification found = site.Expect();

        Assert.AreEqual(10, found.Records);
        Assert.Contains("clock-back", found.Findings.Select(finding => finding.Code));
    }
}
