using EzAudit.Records;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Sealing;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql.Verifying;

/// <summary>A store that nobody touched is intact, whatever the log files, writers and settings do.</summary>
[TestClass]
[DoNotParallelize]
public sealed class UntouchedStoreTests
{
    [TestMethod]
    [DataRow("os", "json")]
    [DataRow("os", "classic")]
    [DataRow("disk", "json")]
    [DataRow("disk", "classic")]
    public void AllRecordsAreAttestedWithAndWithoutLogFiles(string durability, string format)
    {
        using var store = new VerifiedStore(format, $"[FunctionDefaults]\nDurability={durability}");
        store.Write(300);
        store.Write(100);

        Assert.AreEqual(400, store.Expect().Records);
        store.RemoveLogs();
        AuditVerification found = store.Expect();

        Assert.AreEqual((400L, AuditVerificationResult.Intact), (found.Records, found.Result));
        Assert.AreEqual(400, store.Database.Scalar<long>("SELECT count(DISTINCT (ledger_file, ledger_offset)) FROM ezaudit.audit_record"));
    }

    [TestMethod]
    public async Task RecordsWrittenWithoutBlockingHaveTheirPlacesAsync()
    {
        using var store = new VerifiedStore(settings: "[FunctionDefaults]\nDurability=disk");
        using (AuditWriter writer = store.NewWriter())
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, _) => Assert.IsTrue(await writer.WriteAuditAsync("user-login", ("Id", i))));
            store.WaitFor(200);
        }

        Assert.AreEqual(200, store.Expect().Records);
    }

    [TestMethod]
    public void PreparedRecordsHaveTheirPlaces()
    {
        using var store = new VerifiedStore(settings: "[FunctionDefaults]\nDurability=disk");
        using (AuditWriter writer = store.NewWriter())
        {
            AuditRecord[] records = [.. Enumerable.Range(0, 50).Select(i => new AuditRecord(TestClock.Start, "", new AuditActor("anna", "14"), [("Id", i)], "user-login"))];
            Assert.IsTrue(writer.WriteAudit(records));
            store.WaitFor(50);
        }

        Assert.AreEqual(50, store.Expect().Records);
    }

    [TestMethod]
    public void QueuedRecordsHaveNoPlaceAndAreNoAlarm()
    {
        using var store = new VerifiedStore(settings: "[FunctionDefaults]\nDurability=queue");
        store.Write(50);

        AuditVerification found = store.Expect();

        Assert.AreEqual((0L, AuditVerificationResult.Intact), (found.Records, found.Result));
        Assert.Contains("50 records without a place in a ledger", string.Join('\n', found.Findings));
    }

    [TestMethod]
    [DataRow("json")]
    [DataRow("classic")]
    public void FunctionsThatShareAFileOrGoToOnePlaceOnlyAreNoAlarm(string format)
    {
        using var store = new VerifiedStore(format, """
            [AuditSettings]
            AuditFileNames[shared-sent]=shared.log
            AuditFileNames[shared-kept]=shared.log
            AuditFileNames[only-file]=file.log
            AuditFileNames[only-store]=store.log
            [Function-shared-kept]
            Targets[]
            Targets[]=file
            [Function-only-file]
            Targets[]
            Targets[]=file
            [Function-only-store]
            Targets[]
            Targets[]=needed
            [Target-needed]
            Type=postgresql
            """ + "\nConnection=" + "CONNECTION" + "\nOrigin=web1/shop2\nBatchAge=20ms\n");
        store.Root.Write("settings/audit.ini", store.Root.Read("settings/audit.ini").Replace("CONNECTION", store.Database.Writer, StringComparison.Ordinal));
        using (AuditWriter writer = store.NewWriter(store.Clock))
        {
            for (int i = 0; i < 40; i++)
            {
                foreach (string function in new[] { "shared-sent", "shared-kept", "only-file", "only-store" }) Assert.IsTrue(writer.WriteAudit(function, ("Id", i)));
            }
            store.WaitFor(80);
            SealedSite.Sign(writer);
            store.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        AuditVerification found = store.Expect();

        Assert.AreEqual(40, found.Records, string.Join('\n', found.Findings));
        store.RemoveLogs();
        Assert.AreEqual(AuditVerificationResult.Incomplete, store.Verify().Result, "records that share extents with unknown bytes cannot be verified");
    }

    [TestMethod]
    [DataRow("none", 3)]
    [DataRow("gzip", 3)]
    [DataRow("gzip", 1)]
    public void RotatedCompressedAndRemovedFilesMatterNot(string compress, int keep)
    {
        using var store = new VerifiedStore(settings: $"[RotationSettings]\nMaxFileSize=8KiB\nCompress={compress}\nKeepFiles={keep}");
        store.Write(600);

        Assert.AreEqual(600, store.Expect().Records);
    }

    [TestMethod]
    public async Task WritersThatWriteMeanwhileCauseNoAlarmAsync()
    {
        using var store = new VerifiedStore(settings: "[RotationSettings]\nMaxFileSize=64KiB\nCompress=gzip\nKeepFiles=3");
        using var one = new Flood(store.Root.Path, "one", threads: 2, size: 100);
        using var two = new Flood(store.Root.Path, "two", threads: 2, size: 100);
        one.WaitUntilReady();
        two.WaitUntilReady();
        Task first = one.Run();
        Task second = two.Run();
        store.WaitFor(500);
        for (int i = 0; i < 8; i++)
        {
            AuditVerification found = store.Verify();
            Assert.AreEqual(AuditVerificationResult.Intact, found.Result, string.Join('\n', found.Findings));
            Assert.IsGreaterThan(0, found.Records);
        }
        one.Kill();
        two.Kill();
        await Task.WhenAll(first, second);
    }

    [TestMethod]
    [DataRow("os")]
    [DataRow("disk")]
    public async Task KilledWritersLeaveNothingThatLooksLikeTamperingAsync(string durability)
    {
        using var store = new VerifiedStore(settings: $"[FunctionDefaults]\nDurability={durability}");
        for (int round = 0; round < 3; round++)
        {
            using var flood = new Flood(store.Root.Path, $"p{round}", threads: 3, size: 200);
            flood.WaitUntilReady();
            await flood.Run(300, flood.Kill);
        }
        AuditVerification killed = store.Verify();
        Assert.AreNotEqual(AuditVerificationResult.Tampered, killed.Result, string.Join('\n', killed.Findings));
        long before = store.Count();
        store.Write(10);
        Until.True(() => !Directory.Exists(store.Root["var/spool/audit/central"]) || Directory.GetDirectories(store.Root["var/spool/audit/central"]).Length == 0, "the spools are empty");

        AuditVerification found = store.Verify();

        Assert.AreNotEqual(AuditVerificationResult.Tampered, found.Result, string.Join('\n', found.Findings));
        Assert.IsGreaterThan(before / 2, found.Records);
        Console.WriteLine($"3 kills, {durability}: {store.Count()} in the store, {found.Records} attested, {string.Join(' ', found.Findings.Select(finding => finding.Code).Distinct())}");
    }
}
