using EzAudit.Records;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Storage.Rotating;
using EzAudit.Tests.Storage;

namespace EzAudit.Tests.Sealing.Erasing;

/// <summary>Stops an erasure before each of its steps, as a kill does.</summary>
[TestClass]
public sealed class InterruptedErasureTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AnErasureThatIsStoppedAtAnyStepIsFinishedLater(bool isCompressed)
    {
        var states = new HashSet<string>();
        int steps = 1;
        while (Stop(steps, isCompressed, states)) steps++;

        Assert.IsGreaterThan(isCompressed ? 14 : 12, steps);
        // Begun and not overwritten, half overwritten, overwritten and the salts still there, all of them gone.
        Assert.Contains("erasure", states);
        if (!isCompressed) Assert.Contains("erasure extent", states);
    }

    // False if the erasure came to its end.
    private static bool Stop(int step, bool isCompressed, HashSet<string> states)
    {
        using var site = new SealedSite(isCompressed ? "LeafBytes=256\n[RotationSettings]\nMaxFileSize=1KiB" : "LeafBytes=256");
        site.Write(20);
        if (isCompressed) Compress(site);
        bool isStopped = false;
        AuditErasure erasure = site.Erasure();
        erasure.OpenDirectory = path => new StoppingDirectory(DirectoryAt(path), step);
        try
        {
            SealedSite.Erase(erasure, 3);
        }
        catch (OperationCanceledException)
        {
            isStopped = true;
        }

        AuditVerification between = site.Verify();
        string state = string.Join(' ', between.Findings.Where(finding => finding.Severity != AuditFindingSeverity.Note).Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal));
        states.Add(state);
        Assert.IsTrue(state is "" or "erasure" or "extent" or "erasure extent" or "torn-ledger-end", $"step {step}: {string.Join('\n', between.Findings)}");
        bool isInterrupted = site.Erasure().Find(SealedSite.Of(3)).IsInterrupted;

        site.Erasure().Finish();

        string[] codes = site.Codes();
        Assert.IsTrue(codes.All(code => code is "erased" or "torn-line"), $"step {step}: {string.Join(' ', codes)}");
        Assert.AreEqual(18, Enumerable.Range(0, 10).Where(user => user != 3).Sum(site.Count), $"step {step}");
        if (isInterrupted && !isCompressed) Assert.AreEqual(0, site.Count(3), $"step {step}");
        site.Erase(3);
        Assert.AreEqual(0, site.Count(3), $"step {step}");
        site.Write(10);
        codes = site.Codes();
        Assert.IsTrue(codes.All(code => code is "erased" or "torn-line"), $"step {step}: {string.Join(' ', codes)}");
        return isStopped;
    }

    [TestMethod]
    public void WithoutItsJournalAnErasureThatWasBegunIsGivenUp()
    {
        using var site = new SealedSite("LeafBytes=256");
        site.Write(20);
        string journal = Path.Combine(site.Directory, ".ezaudit", "erasure");
        for (int step = 1; !site.Codes(AnyOf(site)).Contains("erasure"); step++)
        {
            File.Delete(journal);
            AuditErasure erasure = site.Erasure();
            int stop = step;
            erasure.OpenDirectory = path => new StoppingDirectory(DirectoryAt(path), stop);
            Assert.ThrowsExactly<OperationCanceledException>(() => SealedSite.Erase(erasure, 3));
        }
        Assert.AreEqual(2, site.Count(3));
        File.Delete(journal);

        Assert.IsTrue(site.Erasure().Finish().HasFinishedEarlier);

        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
        Assert.AreEqual(2, site.Count(3));
    }

    private static AuditVerificationResult AnyOf(SealedSite site) => site.Verify().Result;

    private static void Compress(SealedSite site)
    {
        using EzAudit.Storage.ILogDirectory directory = DirectoryAt(site.Directory);
        new RotatedFileCompressor(directory, _ => { }).CompressPending("login.log");
    }

    private static EzAudit.Storage.ILogDirectory DirectoryAt(string path) => CurrentPlatform.DirectoryAt(path, new AccessRule(LogFolder.OwnerOnly, LogFolder.OwnerDirectory));
}
