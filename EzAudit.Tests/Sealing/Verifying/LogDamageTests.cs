using EzAudit.Records;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>The findings about log files.</summary>
[TestClass]
public sealed class LogDamageTests : IDisposable
{
    private readonly LedgerBuilder _ledger = new();
    private readonly long _login;

    public LogDamageTests() => _login = _ledger.File("login.log");

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void AChangedRecordIsFoundWithItsPlace()
    {
        _ledger.Write(_login, "one\n\ntwo\n\n");
        long leaf = _ledger.Write(_login, "three\n\n");
        _ledger.Write(_login, "four\n\n");
        _ledger.End();
        LedgerBuilder.Replace(_ledger.PathOf(_login), "three", "threw");

        AuditFinding finding = _ledger.Expect("extent").Findings[0];

        Assert.AreEqual((AuditFindingSeverity.Tampered, "login.log", 10L, 7L, leaf), (finding.Severity, finding.File, finding.Offset, finding.Length, finding.Leaf));
        Assert.AreEqual((3L, 3L), (finding.FirstRecord, finding.LastRecord));
        Assert.IsNotNull(finding.Time);
    }

    [TestMethod]
    public void AdjacentDamageIsOneFinding()
    {
        for (int i = 0; i < 5; i++) _ledger.Write(_login, $"record {i}\n\n");
        _ledger.End();
        LedgerBuilder.Replace(_ledger.PathOf(_login), "record 2", "recall 2");
        LedgerBuilder.Replace(_ledger.PathOf(_login), "record 3", "recall 3");

        AuditFinding finding = _ledger.Expect("extent").Findings[0];

        Assert.AreEqual((20L, 20L, 3L, 4L), (finding.Offset, finding.Length, finding.FirstRecord, finding.LastRecord));
    }

    [TestMethod]
    public void AFileWhoseFirstRecordIsChangedIsStillRecognizedByItsName()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.End();
        LedgerBuilder.Replace(_ledger.PathOf(_login), "one", "eno");

        Assert.AreEqual(5, _ledger.Expect("extent").Findings[0].Length);
    }

    [TestMethod]
    public void ADeletedFileIsMissing()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.End();
        File.Delete(_ledger.PathOf(_login));

        Assert.AreEqual("login.log", _ledger.Expect("missing-file").Findings[0].File);
    }

    [TestMethod]
    public void AFileThatRetentionRemovedNeedNotExist()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Leaf("p", _login, "older than 7 days");
        _ledger.End();
        _ledger.Expect();
        File.Delete(_ledger.PathOf(_login));

        _ledger.Expect();
    }

    [TestMethod]
    public void AFileThatAnotherToolRotatedIsRecognizedByItsContent()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Checkpoint();
        File.Move(_ledger.PathOf(_login), _ledger.PathOf(_login) + "-20261129");
        long again = _ledger.File("login.log");
        _ledger.Write(again, "two\n\n");
        _ledger.End();

        _ledger.Expect();
    }

    [TestMethod]
    public void BytesThatTheLedgerDoesNotKnowAreUnattested()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.End();
        File.AppendAllText(_ledger.PathOf(_login), "two\n\n");

        AuditFinding finding = _ledger.Expect("unattested").Findings[0];

        Assert.AreEqual((5L, 5L), (finding.Offset, finding.Length));
    }

    [TestMethod]
    public void AdoptedAndTornBytesAreListed()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n", "a");
        _ledger.Write(_login, "thr", "u");
        _ledger.Write(_login, "four\n\n");
        _ledger.End();

        Assert.AreEqual(AuditVerificationResult.Incomplete, _ledger.Expect("adopted", "torn").Result);
    }

    [TestMethod]
    public void AdoptedBytesThatAreAttestedAsWellAreNotReported()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Extent("a", _login, 0, 5);
        _ledger.End();

        _ledger.Expect();
    }

    [TestMethod]
    public void BytesOlderThanTheLedgerAreANote()
    {
        using var ledger = new LedgerBuilder();
        ledger.Folder.Write("old.log", "before\n\n");
        ledger.Folder.Write("older.log.gz", "no gzip at all");
        long old = ledger.File("old.log", 8);
        ledger.File("older.log.gz", 14);
        ledger.Checkpoint();
        ledger.Write(old, "one\n\n");
        ledger.End();

        AuditVerification verification = ledger.Expect("base", "base");

        AuditFinding older = verification.Findings.Single(finding => finding.File == "old.log");
        Assert.AreEqual((0L, 8L), (older.Offset, older.Length));
    }

    [TestMethod]
    public void AFileOfWhichTheLedgerHasNoExtentIsNotAttested()
    {
        _ledger.End();
        File.WriteAllText(_ledger.PathOf(_login), "inserted");

        Assert.AreEqual(8, _ledger.Expect("unattested").Findings[0].Length);
        File.Delete(_ledger.PathOf(_login));
        File.WriteAllText(_ledger.PathOf(_login) + ".gz", "no gzip");
        _ledger.Expect("extent");
    }

    [TestMethod]
    public void AFileThatIsNamedLikeALogFileMustBeInTheLedger()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.End();
        _ledger.Folder.Write("login.log.2", "inserted");
        _ledger.Folder.Write("other.txt", "something else");
        _ledger.Folder.Write(".login.log", "hidden");
        _ledger.Folder.Write("login.log-empty", "");

        Assert.AreEqual("login.log.2", _ledger.Expect("unknown-file").Findings[0].File);
    }

    [TestMethod]
    public void ACompressedFileIsComparedByItsText()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.Compress(_login, "login.log.2026-11-28");
        _ledger.End();
        Assert.AreEqual(2, _ledger.Expect().Records);

        string path = _ledger.Folder["login.log.2026-11-28.gz"];
        byte[] gzip = File.ReadAllBytes(path);
        File.WriteAllBytes(path, gzip[..^3]);
        _ledger.Expect("extent");

        File.WriteAllBytes(path, [.. gzip, 0]);
        _ledger.Expect("extent");
        File.Delete(path);
        _ledger.Expect("missing-file");
    }

    [TestMethod]
    public void ADamagedCompressedFileUnderAnotherNameIsMissing()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Compress(_login, "login.log.2026-11-28");
        _ledger.End();
        byte[] gzip = File.ReadAllBytes(_ledger.Folder["login.log.2026-11-28.gz"]);
        File.Delete(_ledger.Folder["login.log.2026-11-28.gz"]);
        File.WriteAllBytes(_ledger.Folder["login.log-x.gz"], gzip);
        _ledger.Expect();

        File.WriteAllBytes(_ledger.Folder["login.log-x.gz"], gzip[..^2]);
        _ledger.Expect("missing-file", "unknown-file");
    }

    [TestMethod]
    public void WhatACheckpointOfTheLastVerificationCoversIsNotReadAgain()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.Checkpoint();
        SignedCheckpoint since = _ledger.LastCheckpoint;
        _ledger.Write(_login, "three\n\n");
        _ledger.End();
        LedgerBuilder.Replace(_ledger.PathOf(_login), "two", "owt");

        _ledger.Expect("extent");
        Assert.AreEqual(1, _ledger.Expect(setup => setup with { Since = since }).Records);
        LedgerBuilder.Replace(_ledger.PathOf(_login), "three", "threw");
        _ledger.Expect(setup => setup with { Since = since }, "extent");
        using LedgerBuilder other = LedgerBuilder.OfTwoFiles();
        SignedCheckpoint foreign = other.LastCheckpoint;
        _ledger.Expect(setup => setup with { Since = foreign }, "rollback", "extent");
    }
}
