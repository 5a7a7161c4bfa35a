using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>Reading only what the ledger of a real writer vouches for.</summary>
[TestClass]
public sealed class VerifiedReadingTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly string _log;

    public VerifiedReadingTests()
    {
        _root.Write("settings/audit.ini", "[AuditSettings]\nAudit=enabled\nAuditFileNames[login]=login.log\n[SealSettings]\nSeal=enabled\nKeyDir=keys\n");
        AuditLedger.CreateKey(_root.Path, new AuditSealKeyOptions { Origin = "example.com/shop" });
        _log = _root["var/log/audit/login.log"];
        using AuditWriter writer = new AuditWriterBuilder(_root.Path) { RecordsStartAndStop = false }.Build();
        foreach (string name in new[] { "anna", "ben", "clara" }) writer.WriteAudit("login", ("User", name));
    }

    public void Dispose() => _root.Dispose();

    [TestMethod]
    public void WhatAWriterWroteIsIntact()
    {
        AuditVerification verification = AuditLedger.Open(_root.Path).Verify();

        Assert.AreEqual(AuditVerificationResult.Intact, verification.Result, string.Join('\n', verification.Findings));
        Assert.AreEqual((3L, new FileInfo(_log).Length), (verification.Records, verification.AttestedBytes));
        AuditLedgerStatus status = AuditLedger.Open(_root.Path).Status()!;
        Assert.AreEqual((verification.Leaves, verification.Checkpoint, 0L, "example.com/shop"), (status.Leaves, status.Checkpoint, status.PendingLeaves, status.Origin));
        Assert.AreEqual(verification.LastTime, status.LastTime);
        Assert.IsEmpty(status.Problems);
    }

    [TestMethod]
    public void AFindingNamesTheFunctionsOfItsFile()
    {
        LedgerBuilder.Replace(_log, "ben", "bob");

        AuditFinding finding = AuditLedger.Open(_root.Path).Verify().Findings.Single();

        Assert.AreEqual(("extent", 2L, "login"), (finding.Code, finding.FirstRecord, finding.Functions.Single()));
        StringAssert.StartsWith(finding.ToString(), "tampered: login.log: login, bytes ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void OnlyRecordsThatTheLedgerVouchesForAreFound()
    {
        LedgerBuilder.Replace(_log, "ben", "bob");
        File.AppendAllText(_log, File.ReadAllText(_log).Split("\n\n")[0].Replace("anna", "eve", StringComparison.Ordinal) + "\n\n");
        using AuditLogReader log = AuditLogReader.Open(_root.Path);
        var problems = new List<AuditLogProblem>();
        var options = new AuditReadOptions { VerifiedBy = AuditLedger.Open(_root.Path), OnProblem = problems.Add };

        string[] names = [.. log.Search(AuditQuery.All, options).Select(record => record.Record.Fields[0].Value)];

        CollectionAssert.AreEqual(new[] { "anna", "clara" }, names);
        Assert.AreEqual($"{_log}: 2 records left out: the ledger does not vouch for them", problems.Single().ToString());
        Assert.IsFalse(problems[0].LeavesDoubt);
        Assert.AreEqual(2, log.Count(AuditQuery.All, new AuditReadOptions { VerifiedBy = options.VerifiedBy }));
        Assert.AreEqual(2, log.Summarize(AuditQuery.All, [], options).Count);
        Assert.AreEqual(4, log.Count(AuditQuery.All));
    }

    [TestMethod]
    public void WithoutATrustedKeyNothingIsVerified()
    {
        AuditLedger ledger = AuditLedger.OpenDirectory(Path.GetDirectoryName(_log)!);
        using AuditLogReader log = AuditLogReader.Open(_root.Path);

        Assert.AreEqual(AuditVerificationResult.Unverified, ledger.Verify().Result);
        Assert.ThrowsExactly<AuditLedgerException>(() => log.Count(AuditQuery.All, new AuditReadOptions { VerifiedBy = ledger }));
        Assert.ThrowsExactly<ArgumentException>(() => log.FollowAsync(AuditQuery.All, options: new AuditReadOptions { VerifiedBy = ledger }));
    }
}
