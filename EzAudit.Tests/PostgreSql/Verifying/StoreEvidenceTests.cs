using EzAudit.PostgreSql;
using EzAudit.Records;
using EzAudit.Tests.Cli;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql.Verifying;

/// <summary>What else a verification of the store takes into account: its checkpoints, erasures, dropped months, refused records.</summary>
[TestClass]
[DoNotParallelize]
public sealed class StoreEvidenceTests
{
    private const string Anchor = "[SealSettings]\nAnchors[]=store\n[Anchor-store]\nType=postgresql\nConnection=CONNECTION\n";

    [TestMethod]
    public void TheStoreIsAnAnchor()
    {
        using VerifiedStore store = WithAnchor();
        store.Write(50);
        Until.True(() => store.Database.Scalar<long>("SELECT count(*) FROM ezaudit.checkpoint") > 0, "a checkpoint is stored");
        store.Expect();
        Assert.Contains("The audit trail cannot be changed", Assert.ThrowsExactly<Npgsql.PostgresException>(() => store.Database.Execute("UPDATE ezaudit.checkpoint SET size = 1")).MessageText);

        store.Database.Execute("INSERT INTO ezaudit.checkpoint (ledger, size, line, origin) SELECT ledger, size, replace(line, left(split_part(line, ' ', 4), 5), 'AAAAA'), origin FROM ezaudit.checkpoint LIMIT 1");

        AuditFinding forged = store.Expect("anchor").Findings.Single(finding => finding.Code == "anchor");
        Assert.StartsWith("checkpoint ", forged.Problem);
        Assert.Contains(" of the store, from role ezaudit at ", forged.Problem);
    }

    [TestMethod]
    public void ALedgerThatIsOlderThanACheckpointOfTheStoreIsRolledBackOrACopy()
    {
        using VerifiedStore store = WithAnchor();
        store.Write(20);
        using var copy = new TempFolder();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(store.LogDirectory, "ledger"))) copy.Write($"ledger/{Path.GetFileName(file)}", File.ReadAllText(file));
        DateTimeOffset copied = TimeProvider.System.GetUtcNow();
        long before = store.Database.Scalar<long>("SELECT count(*) FROM ezaudit.checkpoint");
        store.Write(20);
        Until.True(() => store.Database.Scalar<long>("SELECT count(*) FROM ezaudit.checkpoint") > before, "a later checkpoint is stored");
        using var reader = new AuditStoreReader(store.Database.Reader);
        AuditLedger ledger = AuditLedger.OpenDirectory(copy.Path).WithKeys(store.Key);

        Assert.Contains("rollback", reader.Verify(ledger).Findings.Select(finding => finding.Code));
        AuditVerification found = reader.Verify(ledger, new AuditVerifyOptions { Until = copied });
        Assert.AreEqual((AuditVerificationResult.Intact, 20L), (found.Result, found.Records), string.Join('\n', found.Findings));
    }

    [TestMethod]
    public void ErasedRecordsAreListedAndTheOthersAttested()
    {
        using var store = new VerifiedStore(settings: "[SealSettings]\nLeafBytes=0");
        store.Write(60);
        AuditErasure erasure = AuditErasure.Open(store.Root.Path);
        AuditErasurePlan plan = erasure.Find(new AuditQuery { Fields = [new AuditFieldTest("Id", AuditFieldComparison.Equals, "31")] });
        Assert.AreEqual(1, erasure.Execute(plan, new AuditErasureOrder { User = "tester", Reason = "request 1" }).Records);

        AuditVerification found = store.Expect();

        Assert.AreEqual(59, found.Records);
        Assert.Contains("the store still has the record", found.Findings.Single(finding => finding.Code == "row-erased").Problem);
    }

    [TestMethod]
    public async Task ADroppedMonthExplainsWhatIsMissingAsync()
    {
        using var store = new VerifiedStore();
        store.Write(60);
        await using (var owner = new AuditStore(store.Database.Owner)) await owner.DropMonthAsync(DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime), "end of retention");
        store.Database.Execute("SELECT ezaudit.prepare_month(now()::date)");
        store.Write(10);

        AuditVerification found = store.Expect();

        Assert.AreEqual(10, found.Records);
        Assert.Contains("60 records, was dropped by role ezaudit", string.Join('\n', found.Findings));
    }

    [TestMethod]
    public void ARefusedRecordIsLostAndNotRemoved()
    {
        using var store = new VerifiedStore();
        store.Database.Execute("ALTER TABLE ezaudit.audit_record ADD CONSTRAINT refused CHECK (NOT fields @> '[{\"Id\": \"7\"}]')");
        using (AuditWriter writer = store.NewWriter())
        {
            for (int i = 0; i < 20; i++) VerifiedStore.Write(writer, i);
            Until.True(() => writer.Health.Targets.Single(target => target.Target == "central") is { QueuedBytes: 0, DeadLetters: 1 }, "the others are stored");
            for (int i = 20; i < 40; i++) VerifiedStore.Write(writer, i);
            Until.True(() => writer.Health.Targets.Single(target => target.Target == "central").QueuedBytes == 0, "all are stored");
        }

        AuditVerification found = store.Expect("dropped", "row-lost");

        Assert.Contains("/8", found.Findings.Single(finding => finding.Code == "row-lost").Problem);
        Assert.AreEqual(AuditVerificationResult.Incomplete, found.Result);
    }

    [TestMethod]
    public void TheToolVerifiesTheStore()
    {
        using var store = new VerifiedStore();
        store.Write(30);
        using var site = new ToolSite();
        string[] command = ["verify", "--store", store.Database.Reader, "--dir", store.LogDirectory, "--key", store.Key];

        string output = site.Run(command).Expect();
        Assert.Contains($"Store: {store.Database.Place}\n", output);
        Assert.Contains("intact: 30 records in ", output);

        store.Tamper("UPDATE ezaudit.audit_record SET login = 'eve' WHERE number = 7");
        Assert.Contains("the store has something else in column login than in the bytes of the record: record web1/shop/", site.Run(command).Expect(1));
        Assert.Contains("\"code\":\"row-column\"", site.Run([.. command, "--json"]).Expect(1));
        Assert.AreEqual(3, site.Run([.. command, "--since", "x"]).ExitCode);
        Assert.AreEqual(3, site.Run([.. command, "--time-zone", "Nowhere"]).ExitCode);
    }

    [TestMethod]
    public async Task AStoreOfVersion1IsMigratedWithItsRecordsAsync()
    {
        using var database = new StoreDatabase(isInitialized: false);
        using (var stream = new StreamReader(typeof(AuditStore).Assembly.GetManifestResourceStream("1.sql")!)) database.Execute(await stream.ReadToEndAsync());
        database.Execute(
            "INSERT INTO ezaudit.schema_version (version) VALUES (1); SELECT ezaudit.prepare_month(now()::date);"
            + "INSERT INTO ezaudit.audit_record (time, ticks, run, number, function, login, actor_id, address, address_key, succeeded, fields, bytes) "
            + "VALUES (now(), 0, 1, 1, 'f', 'l', 'i', 'a', 'a', true, '[]', '')");
        await using var store = new AuditStore(database.Owner);

        Assert.AreEqual(1, await store.InitializeAsync());

        Assert.AreEqual(AuditStore.SchemaVersion, await store.FindVersionAsync());
        Assert.AreEqual(1, database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_record WHERE ledger IS NULL AND ledger_file IS NULL AND ledger_offset IS NULL"));
        Assert.AreEqual(0, await store.InitializeAsync() - AuditStore.SchemaVersion);
    }

    private static VerifiedStore WithAnchor()
    {
        var store = new VerifiedStore(settings: Anchor);
        store.Root.Write("settings/audit.ini", store.Root.Read("settings/audit.ini").Replace("CONNECTION", store.Database.Writer, StringComparison.Ordinal));
        return store;
    }
}
