using EzAudit.Records;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>What was erased by order, and what only looks like it.</summary>
[TestClass]
public sealed class ErasureTests : IDisposable
{
    private readonly LedgerBuilder _ledger = new();
    private readonly long _login;

    public ErasureTests() => _login = _ledger.File("login.log");

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void AnErasureByOrderIsANoteWithItsReason()
    {
        long leaf = _ledger.Write(_login, "one\n\n");
        _ledger.Write(_login, "two\n\n");
        _ledger.Checkpoint();
        _ledger.Erase(leaf, _login, 0, 5);
        _ledger.End();

        AuditVerification verification = _ledger.Expect("erased");

        Assert.AreEqual(("erased by order: by admin: GDPR", 2L), (verification.Findings[0].Problem, verification.Records));
        LedgerBuilder.Replace(_ledger.PathOf(_login), "xxx", "yyy");
        _ledger.Expect("erased", "extent");
    }

    [TestMethod]
    public void AnErasureMayBeErasedInTurn()
    {
        long leaf = _ledger.Write(_login, "one\n\n");
        _ledger.Checkpoint();
        _ledger.Erase(leaf, _login, 0, 5);
        long erasure = _ledger.Leaves - 1;
        _ledger.Erase(erasure, _login, 0, 5);
        _ledger.End();

        _ledger.Expect("erased");
    }

    [TestMethod]
    public void ASaltThatWasRemovedWithoutOrderIsTampering()
    {
        long leaf = _ledger.Write(_login, "one\n\n");
        _ledger.End();
        _ledger.DropSalt(leaf);

        Assert.AreEqual(leaf, _ledger.Expect("erasure").Findings[0].Leaf);
    }

    [TestMethod]
    public void AnErasureWhoseTargetHasItsSaltIsTampering()
    {
        long leaf = _ledger.Write(_login, "one\n\n");
        long order = _ledger.Leaf("o", "by admin");
        _ledger.Extent("e", _login, 0, 5, leaf, order);
        _ledger.End();

        _ledger.Expect("erasure");
    }
}
