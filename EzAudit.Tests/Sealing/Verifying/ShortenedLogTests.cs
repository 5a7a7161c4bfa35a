using EzAudit.Records;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>Log files that are shorter than the ledger says: by tampering, by a power cut, or because they were copied and truncated.</summary>
[TestClass]
public sealed class ShortenedLogTests : IDisposable
{
    private readonly LedgerBuilder _ledger = new();
    private readonly long _login;

    public ShortenedLogTests() => _login = _ledger.File("login.log");

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    [Fault(24)]
    public void ATruncatedFileIsShortened()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.End();
        Truncate(_login, 7);

        _ledger.Expect("shortened");
    }

    [TestMethod]
    public void WhatNoCheckpointCoveredMayBeLost()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Checkpoint();
        _ledger.Write(_login, "two\n\n");
        Truncate(_login, 5);

        Assert.AreEqual(AuditVerificationResult.Incomplete, _ledger.Expect("lost", "pending", "not-stopped").Result);
    }

    [TestMethod]
    public void AnAlarmExplainsOnlyWhatNoCheckpointCovered()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Checkpoint();
        _ledger.Write(_login, "two\n\n");
        Truncate(_login, 5);
        _ledger.Leaf("x", _login, 10, 5, _ledger.Signed);
        long again = _ledger.File("login.log");
        _ledger.Extent("a", again, 0, 5);
        _ledger.Write(again, "new\n\n");
        _ledger.End();

        AuditFinding finding = _ledger.Expect("lost").Findings[0];

        Assert.AreEqual((5L, 5L), (finding.Offset, finding.Length));
    }

    [TestMethod]
    public void AnAlarmDoesNotExplainWhatACheckpointCovered()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.Checkpoint();
        Truncate(_login, 5);
        _ledger.Leaf("x", _login, 10, 5, _ledger.Signed);
        long again = _ledger.File("login.log");
        _ledger.Extent("a", again, 0, 5);
        _ledger.Write(again, "new\n\n");
        _ledger.End();

        _ledger.Expect("shortened");
    }

    [TestMethod]
    public void ACopyThatHoldsAllExplainsAnAlarm()
    {
        _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.Checkpoint();
        File.Copy(_ledger.PathOf(_login), _ledger.PathOf(_login) + ".1");
        Truncate(_login, 0);
        _ledger.Leaf("x", _login, 10, 0, _ledger.Signed);
        long again = _ledger.File("login.log");
        _ledger.Write(again, "new\n\n");
        _ledger.End();
        Assert.AreEqual(3, _ledger.Expect().Records);

        File.AppendAllText(_ledger.PathOf(_login) + ".1", "more");
        _ledger.Expect("unattested");
    }

    private void Truncate(long file, long length)
    {
        using FileStream log = new(_ledger.PathOf(file), FileMode.Open);
        log.SetLength(length);
    }
}
