using EzAudit.Sealing;
using EzAudit.Sealing.Ledger;

namespace EzAudit.Tests.Sealing.Ledger;

/// <summary>Writers that share a ledger move on to its next segment together.</summary>
[TestClass]
public sealed class LedgerSegmentTests
{
    private const long SegmentBytes = 64 << 20;

    [TestMethod]
    public void WritersFollowEachOtherIntoTheNextSegment()
    {
        using var site = new SealedSite("[FunctionDefaults]\nDurability=disk\n");
        using (AuditWriter first = site.NewWriter())
        using (AuditWriter second = site.NewWriter())
        {
            SealedSite.Write(first, 5);
            SealedSite.Write(second, 5);
            Fill(first.Services.Sealers.Open.Single().Sealer, site.PathOf("ledger/000001.ezl"));
            SealedSite.Sign(first);
            SealedSite.Write(second, 5);
            SealedSite.Write(first, 5);
        }

        string[] records = [.. File.ReadLines(site.PathOf("ledger/000002.ezl")).Where(line => line.StartsWith($"{(char)LeafKind.Records} ", StringComparison.Ordinal))];
        Assert.HasCount(10, records);
        Assert.AreEqual(20, site.Expect().Records);
    }

    private static void Fill(Sealer sealer, string segment)
    {
        string digest = new('0', 8000);
        while (new FileInfo(segment).Length < SegmentBytes) sealer.SettingsApplied(digest);
    }
}
