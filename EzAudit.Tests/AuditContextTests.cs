using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests;

[TestClass]
public sealed class AuditContextTests
{
    private static readonly AuditActor Editor = new("editor", "16");
    private static readonly AuditActor Admin = new("admin", "14");

    [TestMethod]
    public void NothingIsKnownInitially() => Assert.IsNull(AuditContext.Current);

    [TestMethod]
    public void AContextHoldsUntilDisposed()
    {
        using (AuditContext.Use(Editor, "10.0.0.1", "session", "trace"))
        {
            Assert.AreEqual(new AuditOrigin(Editor, "10.0.0.1", "session", "trace"), AuditContext.Current);
        }
        Assert.IsNull(AuditContext.Current);
    }

    [TestMethod]
    public void DisposingAnInnerContextRestoresTheOuterOne()
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
    public async Task ParallelFlowsDoNotSeeEachOther()
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

    [TestMethod]
    public void AnOriginIsAskedAgainForEachRecord()
    {
        using var site = new AuditSite();
        var origin = new ChangingOrigin { Actor = null, Address = "10.0.0.1" };
        using (AuditContext.Use(origin))
        {
            site.Writer.WriteAudit("user-login", ("User id", 16));
            origin.Actor = Editor;
            site.Writer.WriteAudit("user-login", ("User id", 16));
            Assert.AreEqual(new AuditOrigin(Editor, "10.0.0.1"), AuditContext.Current);
        }
        CollectionAssert.AreEqual(new[] { "anonymous", "editor" }, site.Records("login.log").Select(record => record.Actor.Login).ToArray());
        Assert.IsNull(AuditContext.Current);
    }

    [TestMethod]
    public void AnOriginThatThrowsLosesNoRecordAndIsReported()
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(configure: builder => builder.LoggerFactory = log);
        using (AuditContext.Use(new ChangingOrigin { Address = "10.0.0.1", Fails = true })) Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        AuditRecord record = site.Records("login.log").Single();
        Assert.AreEqual("anonymous", record.Actor.Login);
        Assert.AreEqual("10.0.0.1", record.Address);
        Assert.AreEqual(
            "EzAudit.Tests.AuditContextTests+ChangingOrigin: its Actor could not be read and is left out of the record. gone", log.Messages.Single());
    }

    [TestMethod]
    public void TheOutermostContextIsReused()
    {
        var origin = new AuditOrigin(Editor);
        AuditContext.Use(origin).Dispose();
        IDisposable first = AuditContext.Use(origin);
        first.Dispose();
        using IDisposable second = AuditContext.Use(origin);
        Assert.AreSame(first, second);
    }

    [TestMethod]
    public void AJobIsItsOwnActor()
    {
        using IDisposable context = AuditContext.UseJob("nightly-import");
        Assert.AreEqual(new AuditOrigin(new AuditActor("nightly-import", "job")), AuditContext.Current);
    }

    private sealed class ChangingOrigin : IAuditOrigin
    {
        private AuditActor? _actor;

        public bool Fails { get; init; }

        public AuditActor? Actor
        {
            get => Fails ? throw new InvalidOperationException("gone") : _actor;
            set => _actor = value;
        }

        public string? Address { get; init; }

        public string? Session => null;

        public string? Trace => null;
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    public void WithoutAnAddressTheHostNameIsWritten(string? address)
    {
        using var site = new AuditSite();
        using (AuditContext.Use(Editor, address)) site.Writer.WriteAudit("user-login", ("User id", 16));

        Assert.AreEqual("host", site.Records("login.log")[0].Address);
    }
}
