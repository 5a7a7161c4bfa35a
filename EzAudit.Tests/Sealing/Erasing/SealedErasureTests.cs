using System.Text.RegularExpressions;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Storage.Rotating;
using EzAudit.Tests.Storage;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Erasing;

[TestClass]
public sealed class SealedErasureTests
{
    [TestMethod]
    [Fault(50)]
    [DataRow("LeafBytes=0")]
    [DataRow("LeafBytes=1024")]
    [DataRow("")]
    public void ErasedRecordsAreGoneAndEverythingElseStillVerifies(string settings)
    {
        using var site = new SealedSite(settings);
        site.Write(50);
        long length = site.Length;
        Assert.IsEmpty(site.Codes());

        AuditErased erased = site.Erase(3);

        Assert.AreEqual(5, erased.Records);
        Assert.IsEmpty(erased.Problems);
        Assert.AreEqual(length, site.Length);
        Assert.DoesNotContain("Zoë 3", site.Log);
        Assert.AreEqual(0, site.Count(3));
        Assert.AreEqual(5, site.Count(4));
        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
        AuditVerification verification = site.Verify();
        Assert.AreEqual(50, verification.Records);
        AuditFinding finding = verification.Findings[0];
        Assert.AreEqual($"erased by order: by admin:0 on {Environment.MachineName}: request 7: field User id Equals 3", finding.Problem);
        Assert.AreEqual(AuditFindingSeverity.Note, finding.Severity);
        Assert.AreEqual("login.log", finding.File);
    }

    [TestMethod]
    public void TheSaltsOfErasedExtentsAreGone()
    {
        using var site = new SealedSite("LeafBytes=0");
        site.Write(10);
        string[] before = Extents(site, 'r');

        site.Erase(3);

        string[] after = Extents(site, 'r');
        string replaced = Extents(site, 'e').Single();
        for (int i = 0; i < before.Length; i++)
        {
            string[] fields = before[i].Split(' ');
            if (i == 3) fields[7] = new string('-', 24);
            Assert.AreEqual(string.Join(' ', fields), after[i]);
        }
        Assert.AreEqual(before[3].Split(' ')[1], replaced.Split(' ')[9]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("LeafBytes=0\n[RotationSettings]\nMaxFileSize=1KiB", DisplayName = "files whose first records become the same")]
    public void AnExtentCanBeErasedSeveralTimes(string settings)
    {
        using var site = new SealedSite(settings);
        site.Write(50);

        for (int user = 0; user < 10; user++) Assert.AreEqual(5, site.Erase(user).Records);

        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
        Assert.DoesNotContain("Zoë", site.Log);
        Assert.AreEqual(0, site.Erase(3).Records);
        site.Write(10);
        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
    }

    [TestMethod]
    public void WritersMayRunMeanwhile()
    {
        using var site = new SealedSite();
        using (AuditWriter writer = site.Open())
        {
            for (int round = 0; round < 5; round++)
            {
                SealedSite.Write(writer, 20);
                Assert.AreEqual(2 * (round + 1), site.Erase(round).Records);
            }
            SealedSite.Write(writer, 20);
        }
        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
        Assert.AreEqual(4, site.Count(3));
    }

    [TestMethod]
    public async Task RecordsAreErasedWhileFilesAreRotatedAndCompressed()
    {
        using var site = new SealedSite("[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=8KiB\nCompress=gzip");
        using (AuditWriter one = site.Open())
        using (AuditWriter other = site.Open())
        {
            Task[] writing = [.. new[] { one, other }.Select(writer => Task.Run(() => SealedSite.Write(writer, 2000)))];
            long erased = 0;
            do erased += site.Erase(3).Records;
            while (!Task.WhenAll(writing).IsCompleted);
            await Task.WhenAll(writing);
            // A file may be compressed between the search and the erasure.
            for (AuditErased last = site.Erase(3); ; last = site.Erase(3))
            {
                erased += last.Records;
                if (!last.NeedsAnotherSearch) break;
            }
            Assert.AreEqual(400, erased);
        }
        Assert.AreEqual(0, site.Count(3));
        Assert.AreEqual(3600, Enumerable.Range(0, 10).Sum(site.Count));
        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
    }

    [TestMethod]
    public void RotatedAndCompressedFilesAreErased()
    {
        using var site = new SealedSite("[RotationSettings]\nMaxFileSize=2KiB");
        site.Write(100);
        using (ILogDirectory directory = DirectoryOf(site)) new RotatedFileCompressor(directory, _ => { }).CompressPending("login.log");
        string[] compressed = Directory.GetFiles(site.Directory, "*.gz");
        Assert.IsNotEmpty(compressed);
        DateTime[] times = [.. compressed.Select(File.GetLastWriteTimeUtc)];
        Assert.IsEmpty(site.Codes());

        Assert.AreEqual(10, site.Erase(3).Records);

        Assert.AreEqual(0, site.Count(3));
        Assert.AreEqual(10, site.Count(4));
        CollectionAssert.AreEqual(times, compressed.Select(File.GetLastWriteTimeUtc).ToArray());
        CollectionAssert.AreEqual(new[] { "erased" }, site.Codes());
    }

    [TestMethod]
    public void ChangedBytesAreNotErasedBecauseThatWouldHideTheChange()
    {
        using var site = new SealedSite("LeafBytes=0");
        site.Write(50);
        File.WriteAllText(Path.Combine(site.Directory, "login.log"), site.Log.Replace("Zoë 3 of 13", "Zoë 3 of 31", StringComparison.Ordinal));

        AuditErased erased = site.Erase(3);

        Assert.AreEqual(4, erased.Records);
        Assert.Contains("are not those that leaf", erased.Problems.Single().Found);
        Assert.Contains("Zoë 3 of 31", site.Log);
        CollectionAssert.AreEqual(new[] { "erased", "extent" }, site.Codes(AuditVerificationResult.Tampered));
    }

    [TestMethod]
    public void RecordsOfAnotherProgramAreAdoptedAndErased()
    {
        using var site = new SealedSite();
        site.Write(10);
        File.AppendAllText(Path.Combine(site.Directory, "login.log"), "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nUser id: 77\n\n");
        CollectionAssert.AreEqual(new[] { "unattested" }, site.Codes(AuditVerificationResult.Incomplete));

        Assert.AreEqual(1, site.Erase(77).Records);

        Assert.AreEqual(0, site.Count(77));
        CollectionAssert.AreEqual(new[] { "adopted", "erased" }, site.Codes(AuditVerificationResult.Incomplete));
    }

    [TestMethod]
    public void RecordsOlderThanTheLedgerAreErasedWithoutALeaf()
    {
        using var site = new SealedSite();
        site.Root.Write($"{SealedSite.LogDirectory}/login.log", "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nUser id: 77\n\n");
        site.Write(10);

        Assert.AreEqual(1, site.Erase(77).Records);

        CollectionAssert.AreEqual(new[] { "base" }, site.Codes());
        Assert.DoesNotContain("77", site.Log);
    }

    [TestMethod]
    public void WithoutTheKeyNothingIsErased()
    {
        using var site = new SealedSite();
        site.Write(10);
        string before = site.Log;
        string key = site.Root.Read("keys/seal.vkey");
        Directory.Delete(site.Root["keys"], recursive: true);

        // A writer would begin a new trust root, as any writer does; the erasure itself must not.
        site.Root.Write("settings/override/audit.ini.append", "[AuditSettings]\nAudit=disabled\n");
        AuditErasureException failure = Assert.ThrowsExactly<AuditErasureException>(() => site.Erase(3));

        Assert.Contains("the erasure could not be signed", failure.Message);
        Assert.AreEqual(before, site.Log);
        site.Root.Write("keys/seal.vkey", key);
        CollectionAssert.AreEqual(new[] { "not-stopped", "pending" }, site.Codes());
    }

    [TestMethod]
    public void WhileSealingIsOffASealedDirectoryIsNotErased()
    {
        using var site = new SealedSite();
        site.Write(10);
        site.Root.Write("settings/override/audit.ini.append", "[SealSettings]\nSeal=disabled\n");

        AuditErasureException failure = Assert.ThrowsExactly<AuditErasureException>(() => site.Erase(3));

        Assert.Contains("it has a ledger, but sealing is off", failure.Message);
        Assert.AreEqual(1, site.Count(3));
    }

    [TestMethod]
    public void TheVerifierInPythonAgrees()
    {
        Needs.Programs("python3");
        using var site = new SealedSite("LeafBytes=512\n[RotationSettings]\nMaxFileSize=2KiB");
        site.Write(100);
        for (int user = 0; user < 3; user++) site.Erase(user);

        using ChildProcess python = ChildProcess.StartProgramIn(
            site.Root.Path, [], "/usr/bin/python3", "-B", Repository.PathOf("docs", "ezledger.py"), "verify", site.Directory, "--key", site.Root.Read("keys/seal.vkey").TrimEnd());
        (int exitCode, string output, string errors) = python.Finish();

        if (errors.Contains("No module named 'cryptography'", StringComparison.Ordinal)) Needs.LeaveOut("python3-cryptography is not installed");
        Assert.AreEqual(0, exitCode, output + errors);
        Assert.MatchesRegex(new Regex("erased by order"), output);
    }

    private static ILogDirectory DirectoryOf(SealedSite site) => CurrentPlatform.DirectoryAt(site.Directory, new AccessRule(LogFolder.OwnerOnly, LogFolder.OwnerDirectory));

    private static string[] Extents(SealedSite site, char kind) => [.. File.ReadLines(Path.Combine(site.Directory, "ledger", "000001.ezl")).Where(line => line.StartsWith($"{kind} ", StringComparison.Ordinal))];
}
