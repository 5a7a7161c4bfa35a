using EzAudit.Records;

namespace EzAudit.Tests;

[TestClass]
public sealed class AuditContextTests
{
    private static readonly AuditActor Editor = new("editor", "16");
    private static readonly AuditActor Admin = new("admin", "14");

    [TestMethod]
    public void NothingIsKnownAtFirst() => Assert.IsNull(AuditContext.Current);

    [TestMethod]
    public void WhatWasSaidHoldsUntilDisposed()
    {
        using (AuditContext.Use(Editor, "10.0.0.1", "session", "trace"))
        {
            Assert.AreEqual(new AuditOrigin(Editor, "10.0.0.1", "session", "trace"), AuditContext.Current);
        }
        Assert.IsNull(AuditContext.Current);
    }

    [TestMethod]
    public void InnerContextsGiveWayToOuterOnes()
    {
        using (AuditContext.Use(Editor))
        {
            using (AuditContext.Use(Admin)) Assert.AreEqual(Admin, AuditContext.Current?.Actor);
            Assert.AreEqual(Editor, AuditContext.Current?.Actor);
        }
    }

    [TestMethod]
    public async Task ItFlowsWithAsyncCalls()
    {
        using (AuditContext.Use(Editor))
        {
            await Task.Yield();
            Assert.AreEqual(Editor, AuditContext.Current?.Actor);
            Assert.AreEqual(Editor, await Task.Run(() => AuditContext.Current?.Actor));
        }
    }

    [TestMethod]
    public async Task ParallelFlowsDoNotSeeEachOthers()
    {
        async Task<string?> Act(AuditActor actor)
        {
            using IDisposable context = AuditContext.Use(actor);
            await Task.Yield();
            return AuditContext.Current?.Actor?.Login;
        }
        string?[] logins = await Task.WhenAll(Act(Editor), Act(Admin));
        CollectionAssert.AreEqual(new[] { "editor", "admin" }, logins);
    }
}
