using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>A ledger of several segments, as writers begin them. Both verifiers agree about it, and every record can be proved.</summary>
[TestClass]
public sealed class SegmentTests
{
    private const int SegmentBytes = 8 << 10;

    [TestMethod]
    public void AFullSegmentIsFollowedByAnotherAndTheNextWriterContinuesThere()
    {
        using var site = new SealedSite { SegmentBytes = SegmentBytes };
        for (int i = 0; i < 4; i++) site.Write(50);

        Assert.IsGreaterThan(2, SegmentsOf(site));
        Assert.AreEqual(200, ExpectBoth(site).Records);
        ProveAll(site, step: 37);
    }

    [TestMethod]
    public void ASegmentMayBeginWithTheKeyOfTheNextEpoch()
    {
        using var site = new SealedSite("Epoch=1m\n") { SegmentBytes = SegmentBytes };
        using (AuditWriter writer = site.NewWriter())
        {
            for (int i = 0; i < 3; i++)
            {
                SealedSite.Write(writer, 100);
                if (i == 0) site.Trust();
                // The checkpoint that makes the new key current is also the last one of a full segment.
                site.Clock.Advance(TimeSpan.FromMinutes(2));
                SealedSite.Sign(writer);
            }
        }

        Assert.HasCount(3, site.Leaves(LeafKind.NextKey));
        Assert.IsGreaterThan(3, SegmentsOf(site));
        Assert.AreEqual(300, ExpectBoth(site).Records);
        ProveAll(site, step: 73);
    }

    [TestMethod]
    public void AWriterFollowsAnotherOneIntoTheNextSegment()
    {
        using var site = new SealedSite { SegmentBytes = SegmentBytes };
        using (AuditWriter one = site.NewWriter())
        using (AuditWriter other = site.NewWriter())
        {
            for (int i = 0; i < 6; i++)
            {
                AuditWriter rolls = i % 2 == 0 ? one : other;
                SealedSite.Write(rolls, 80);
                SealedSite.Sign(rolls);
                SealedSite.Write(rolls == one ? other : one, 1);
            }
        }

        Assert.IsGreaterThan(5, SegmentsOf(site));
        Assert.AreEqual(486, ExpectBoth(site).Records);
        ProveAll(site, step: 121);
    }

    [TestMethod]
    public void WritersThatMeetAtTheEndsOfSegmentsShareThem()
    {
        using var site = new SealedSite("[RotationSettings]\nMaxFileSize=16KiB\n") { SegmentBytes = 2 << 10 };
        using (AuditWriter one = site.NewWriter())
        using (AuditWriter other = site.NewWriter())
        {
            Parallel.ForEach([one, other], writer =>
            {
                for (int i = 0; i < 20; i++)
                {
                    SealedSite.Write(writer, 20);
                    SealedSite.Sign(writer);
                }
            });
        }

        Assert.IsGreaterThan(10, SegmentsOf(site));
        Assert.AreEqual(800, ExpectBoth(site).Records);
    }

    [TestMethod]
    public void APieceOfASegmentThatAKilledWriterBeganIsLeftAlone()
    {
        using var site = new SealedSite { SegmentBytes = SegmentBytes };
        site.Write(50);
        File.WriteAllText(site.PathOf("ledger/17.tmp"), "ezaudit-ledger v1\nh 5");
        site.Write(50);

        Assert.AreEqual(100, ExpectBoth(site).Records);
    }

    private static int SegmentsOf(SealedSite site) => Directory.EnumerateFiles(site.PathOf("ledger"), "*.ezl").Count();

    private static AuditVerification ExpectBoth(SealedSite site)
    {
        AuditVerification found = site.Expect();
        PythonVerifierTests.NeedPython();
        var (exitCode, output, errors) = PythonVerifierTests.Run("-B", Repository.PathOf("docs", "ezledger.py"), "verify", site.LogDirectory, "--key", site.TrustedKeys[0]);
        Assert.AreEqual(0, exitCode, output + errors);
        Assert.Contains($"intact: {found.Leaves} leaves, {found.Checkpoints} checkpoints, {found.Records} records in {found.AttestedBytes} bytes attested", output);
        return found;
    }

    // Records in every segment, the first and the last one among them.
    private static void ProveAll(SealedSite site, int step)
    {
        AuditLedger ledger = AuditLedger.OpenDirectory(site.LogDirectory).WithKeys(site.TrustedKeys);
        string[] records = [.. File.ReadAllText(site.PathOf("login.log")).Split("\n\n").SkipLast(1).Select(record => record + "\n\n")];
        for (int i = 0; i < records.Length; i = i == records.Length - 1 ? records.Length : Math.Min(i + step, records.Length - 1))
        {
            string text = ledger.Prove("login.log", records[..i].Sum(record => record.Length));
            AuditProof proof = AuditLedger.VerifyProof(text, site.TrustedKeys);
            Assert.IsNull(proof.Problem);
            Assert.AreEqual(records[i], Encoding.UTF8.GetString(proof.Record.Span));
            string path = site.Root.Write("record.tlog-proof", text);
            var (exitCode, output, errors) = PythonVerifierTests.Run("-B", Repository.PathOf("docs", "ezledger.py"), "proof", path, "--key", site.TrustedKeys[0]);
            Assert.AreEqual(0, exitCode, output + errors);
        }
    }
}
