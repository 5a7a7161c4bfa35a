using System.IO.Compression;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Erasing;

/// <summary>Erasure without a ledger.</summary>
[TestClass]
public sealed class AuditErasureTests
{
    private const string Settings = """
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[user-login]=login.log
        AuditFileNames[order-delete]=order_delete.log

        """;

    [TestMethod]
    public void FindingChangesNothingAndTellsWhereTheRecordsAre()
    {
        using var site = new ErasureSite(Settings);
        string path = site.Log("login.log", Login(1), Login(2), "torn\n\n", Login(1));

        AuditErasurePlan plan = site.Find(1);

        Assert.AreEqual(2, plan.Records);
        Assert.AreEqual(path, plan.Files.Single().File.Path);
        CollectionAssert.AreEqual(
            new[] { new AuditRecordPlace(1, 0, Login(1).Length), new AuditRecordPlace(3, Login(1).Length * 2 + 6, Login(1).Length) }, plan.Files[0].Records.ToArray());
        Assert.AreEqual(AuditLogProblemKind.Damage, plan.Problems.Single().Kind);
        Assert.AreEqual(Login(1) + Login(2) + "torn\n\n" + Login(1), File.ReadAllText(path));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void OnlyRecordsThatMatchAreOverwrittenAndTheTimeOfTheFileStays()
    {
        using var site = new ErasureSite(Settings);
        string path = site.Log("login.log", Login(1), Login(2), Login(3));
        DateTime time = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);

        AuditErased erased = site.Erase(2);

        Assert.AreEqual(1, erased.Records);
        CollectionAssert.AreEqual(new[] { path }, erased.Files.ToArray());
        Assert.IsEmpty(erased.Orders);
        Assert.AreEqual(Login(1) + Erased(Login(2)) + Login(3), File.ReadAllText(path));
        Assert.AreEqual(time, File.GetLastWriteTimeUtc(path));
        Assert.AreEqual(0, site.Find(2).Records);
    }

    [TestMethod]
    public void RotatedFilesAreErasedTooWhetherOrNotTheyAreCompressed()
    {
        using var site = new ErasureSite(Settings);
        string plain = site.Log("login.log.2026-11-20.1", Login(1), Login(2));
        string compressed = site.LogCompressed("login.log.2026-11-19.1.gz", Login(2), Login(3));
        string other = site.LogCompressed("login-20261118.gz", Login(2));
        string foreign = site.LogCompressed("login.log-20261118.gz", Login(2));
        DateTime time = new(2026, 11, 19, 8, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(compressed, time);

        Assert.AreEqual(3, site.Erase(2).Records);

        Assert.AreEqual(Login(1) + Erased(Login(2)), File.ReadAllText(plain));
        Assert.AreEqual(Erased(Login(2)) + Login(3), Decompress(compressed));
        Assert.AreEqual(Erased(Login(2)), Decompress(foreign));
        Assert.AreEqual(Login(2), Decompress(other), "it is no file of the log");
        Assert.AreEqual(time, File.GetLastWriteTimeUtc(compressed));
    }

    [TestMethod]
    public void ManyRecordsAreErasedInBatches()
    {
        using var site = new ErasureSite(Settings);
        string path = site.Log("login.log", [.. Enumerable.Range(0, 5000).Select(i => Login(1 + (i % 2)))]);

        Assert.AreEqual(2500, site.Erase(1).Records);

        Assert.AreEqual(string.Concat(Enumerable.Repeat(Erased(Login(1)) + Login(2), 2500)), File.ReadAllText(path));
    }

    [TestMethod]
    public void ACompressedTwinThatAKilledCompressorLeftIsRemoved()
    {
        using var site = new ErasureSite(Settings);
        site.Log("login.log.2026-11-20.1", Login(1), Login(2));
        string twin = site.LogCompressed("login.log.2026-11-20.1.gz", Login(1), Login(2));

        Assert.AreEqual(1, site.Erase(2).Records);

        Assert.IsFalse(File.Exists(twin));
    }

    [TestMethod]
    public void ACompressedTwinWithOtherContentKeepsBoth()
    {
        using var site = new ErasureSite(Settings);
        string plain = site.Log("login.log.2026-11-20.1", Login(1), Login(2));
        site.LogCompressed("login.log.2026-11-20.1.gz", Login(2));

        AuditErased erased = site.Erase(2);

        Assert.AreEqual(0, erased.Records);
        Assert.Contains("there is a compressed file of the same name with other content", erased.Problems.Single().Found);
        Assert.AreEqual(Login(1) + Login(2), File.ReadAllText(plain));
    }

    [TestMethod]
    public void RecordsUnderALegalHoldStayAndTheHoldIsNamed()
    {
        using var site = new ErasureSite(Settings + """
            [Hold-case7]
            Functions[]=user-login
            Fields[]=User login=user 2
            Reason=lawsuit 7

            """);
        string path = site.Log("login.log", Login(2), Login(1), Login(2));
        string orders = site.Log("order_delete.log", Login(2));

        AuditErasurePlan plan = site.Find(2);
        AuditErased erased = site.Erase(2);

        AuditHeldRecords held = plan.Held.Single();
        Assert.AreEqual("case7", held.Hold);
        Assert.AreEqual(path, held.File);
        CollectionAssert.AreEqual(new long[] { 1, 3 }, held.Records.ToArray());
        Assert.AreEqual("the legal hold \"case7\", which lasts until its section is removed (lawsuit 7)", held.Description);
        Assert.AreEqual(2, erased.Held);
        Assert.AreEqual(1, erased.Records);
        Assert.AreEqual(Login(2) + Login(1) + Login(2), File.ReadAllText(path));
        Assert.AreEqual(Erased(Login(2)), File.ReadAllText(orders));
    }

    [TestMethod]
    public void AHoldThatIsSetAfterTheRecordsWereFoundKeepsThem()
    {
        using var site = new ErasureSite(Settings);
        string path = site.Log("login.log", Login(2));
        AuditErasure erasure = AuditErasure.Open(site.Root.Path);
        AuditErasurePlan plan = erasure.Find(ErasureSite.Of(2));
        site.Root.Write("settings/audit.ini", Settings + "[Hold-case7]\nFunctions[]=*\nReason=lawsuit 7\n");

        AuditErased erased = erasure.Execute(plan, ErasureSite.Order);

        Assert.AreEqual(0, erased.Records);
        Assert.Contains("record 1 is kept by the legal hold \"case7\"", erased.Problems.Single().Found);
        Assert.AreEqual(Login(2), File.ReadAllText(path));
    }

    [TestMethod]
    public void AFileThatChangedSinceItsRecordsWereFoundStays()
    {
        using var site = new ErasureSite(Settings);
        string path = site.Log("login.log", Login(2));
        AuditErasure erasure = AuditErasure.Open(site.Root.Path);
        AuditErasurePlan plan = erasure.Find(ErasureSite.Of(2));
        string text = "x" + Login(2)[1..];
        using (FileStream file = File.OpenWrite(path)) file.Write(System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Contains("record 1 is not where it was found", erasure.Execute(plan, ErasureSite.Order).Problems.Single().Found);

        Assert.AreEqual(text, File.ReadAllText(path));
    }

    [TestMethod]
    public void AFileThatWasRotatedSinceItsRecordsWereFoundIsErased()
    {
        using var site = new ErasureSite(Settings);
        string path = site.Log("login.log", Login(2));
        AuditErasure erasure = AuditErasure.Open(site.Root.Path);
        AuditErasurePlan plan = erasure.Find(ErasureSite.Of(2));
        File.Move(path, path + ".2026-11-20.1");
        site.Log("login.log", Login(2));

        Assert.AreEqual(1, erasure.Execute(plan, ErasureSite.Order).Records);

        Assert.AreEqual(Erased(Login(2)), File.ReadAllText(path + ".2026-11-20.1"));
        Assert.AreEqual(Login(2), File.ReadAllText(path), "it was not found");
    }

    [TestMethod]
    public void AnotherFormatIsRefused()
    {
        using var site = new ErasureSite(Settings + "[Function-order-delete]\nTargets[]\nTargets[]=changes\n[Target-changes]\nType=file\nFormat=record-diff\n");
        site.Log("login.log", Login(2));
        string other = site.Log("order_delete.log", "2026-11-20 user 2\n");

        AuditErasurePlan plan = site.Find(2);

        Assert.AreEqual(1, plan.Records);
        Assert.IsTrue(plan.Problems.Any(problem => problem.File == other && problem.LeavesDoubt && problem.Found.Contains("neither classic nor json", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheErasureIsRecordedAndItsRecordCannotBeErased()
    {
        using var site = new ErasureSite(Settings + "[AuditSettings]\nAuditFileNames[audit-erase]=audit.log\n");
        site.Log("login.log", Login(2));

        site.Erase(2);
        AuditErasure erasure = AuditErasure.Open(site.Root.Path);
        AuditErased again = erasure.Execute(erasure.Find(new AuditQuery { Texts = ["request"] }), ErasureSite.Order);

        AuditRecord record = ReadBack.Of(site.Root["var/log/audit/audit.log"]).Records.Single().Record;
        Assert.AreEqual("field User id Equals 2", record["Query"]);
        Assert.AreEqual("1", record["Records"]);
        Assert.AreEqual("login.log", record["Files"]);
        Assert.AreEqual("admin:0", record["User"]);
        Assert.AreEqual("request 7", record["Reason"]);
        Assert.AreEqual(0, again.Records);
    }

    [TestMethod]
    public void AnOrderNeedsAUserAndAReason()
    {
        using var site = new ErasureSite(Settings);
        AuditErasure erasure = AuditErasure.Open(site.Root.Path);

        foreach ((string user, string reason) in new[] { ("", "why"), ("who", " ") })
            Assert.ThrowsExactly<ArgumentException>(() => erasure.Execute(erasure.Find(ErasureSite.Of(2)), new AuditErasureOrder { User = user, Reason = reason }));
    }

    private static string Login(int user) => $"[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nUser id: {user}\nUser login: user {user}\n\n";

    private static string Erased(string record) =>
        "[ Nov 20 2026 08:00:00 ] [] [:]\nErased: " + new string('x', record.Length - "[ Nov 20 2026 08:00:00 ] [] [:]\nErased: \n\n".Length) + "\n\n";

    private static string Decompress(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
