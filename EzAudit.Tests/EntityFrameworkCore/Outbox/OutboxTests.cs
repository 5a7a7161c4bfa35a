using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.Records;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Outbox;

/// <summary>Between the commit and the log, a record is in the database; from there it is written to the log exactly once.</summary>
public abstract class OutboxTests(DatabaseKind database)
{
    [TestClass]
    [DoNotParallelize] // A host's writer is the one current writer of the process.
    public sealed class OnSqlite() : OutboxTests(DatabaseKind.Sqlite);

    [TestClass]
    [DoNotParallelize] // A host's writer is the one current writer of the process.
    public sealed class OnPostgreSql() : OutboxTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public void ARecordIsStoredInTheTransactionOfItsChange()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        using (context.Database.BeginTransaction())
        {
            Save(context, "a");
            Assert.AreEqual(1, Rows(context));
        }
        Assert.AreEqual(0, Rows(context));
        context.ChangeTracker.Clear();
        Save(context, "b");
        AuditRecord record = site.Site.Records("change.log").Single();
        Assert.AreEqual("b", record["Name new"]);
        StringAssert.EndsWith(record["Change ID"]!, "-0", StringComparison.Ordinal);
    }

    [TestMethod]
    public void RowsLeftByACrashAreWrittenOnceUnchanged()
    {
        using NewsSite site = Site();
        using (AuditContext.Use(new("editor", "16"), "10.0.0.7")) CommitUnseen(site, "a");
        site.Site.Clock.Advance(TimeSpan.FromHours(3));
        Assert.IsEmpty(site.Changes());
        Die(site);

        using (AuditWriter next = Writer(site)) Assert.AreEqual(1, Move(site, next));
        using (AuditWriter next = Writer(site)) Assert.AreEqual(0, Move(site, next));

        StringAssert.StartsWith(site.Site.Read("change.log"), "[ May 23 2007 14:47:58 ] [10.0.0.7] [editor:16]\nTable: Tags\n", StringComparison.Ordinal);
        Assert.HasCount(1, site.Site.Records("change.log"));
    }

    [TestMethod]
    public void RecordsAlreadyInTheLogAreNotWrittenAgain()
    {
        using NewsSite site = Site();
        using (NewsContext context = site.Open())
        {
            Save(context, "a");
            context.AddRange(new Tag { Name = "b" }, new Tag { Name = "c" });
            context.SaveChanges();
            Assert.AreEqual(2, Rows(context), "They are deleted in batches.");
        }
        string before = site.Site.Read("change.log");
        // For the last one, the process dies before it is written.
        File.WriteAllText(site.Site.Root["var/log/audit/change.log"], before[..before.LastIndexOf("[ May", StringComparison.Ordinal)]);
        Die(site);

        using AuditWriter next = Writer(site);
        Assert.AreEqual(1, Move(site, next));
        Assert.AreEqual(before, site.Site.Read("change.log"));
        using NewsContext fresh = site.Open();
        Assert.AreEqual(0, Rows(fresh));
    }

    [TestMethod]
    public void RowsOfALiveWriterBelongToIt()
    {
        using NewsSite site = Site();
        CommitUnseen(site, "a");
        using AuditWriter other = Writer(site);
        Assert.AreEqual(0, Move(site, other));
        Die(site);
        Assert.AreEqual(1, Move(site, other));
    }

    [TestMethod]
    public void ALogThatCannotBeWrittenDelaysNothingAndLosesNothing()
    {
        using NewsSite site = Site();
        string log = site.Site.Root["var/log/audit/change.log"];
        Directory.CreateDirectory(log);
        using NewsContext context = site.Open();
        Save(context, "a");
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        Directory.Delete(log);
        Assert.AreEqual(1, context.MoveAuditOutbox(site.Site.Writer));
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        Assert.AreEqual("a", site.Site.Records("change.log").Single()["Name new"]);
    }

    [TestMethod]
    public void RowsThatAreInTheLogDoNotPileUp()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        for (int i = 0; i < 70; i++) Save(context, $"tag {i}");
        Assert.IsLessThan(64, Rows(context));
        Assert.HasCount(70, site.Site.Records("change.log"));
        context.MoveAuditOutbox(site.Site.Writer);
        Assert.AreEqual(0, Rows(context));
    }

    [TestMethod]
    public void AContextKeepsItsOwnTransactionBehavior()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        Save(context, "a");
        Assert.AreEqual(AutoTransactionBehavior.WhenNeeded, context.Database.AutoTransactionBehavior);
    }

    [TestMethod]
    public void AModelWithoutTheTableIsRefusedBeforeTheCommit()
    {
        using NewsSite site = Site();
        var builder = new DbContextOptionsBuilder<Bare>();
        using TestDatabase bare = site.Database.Another();
        bare.Use(builder);
        builder.UseEzAudit(options => (options.Writer, options.Outbox) = (site.Site.Writer, true));
        using var context = new Bare(builder.Options);
        context.Database.EnsureCreated();
        context.Add(new Tag { Name = "a" });
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => context.SaveChanges());
        Assert.AreEqual("Bare: the model has no outbox, but UseEzAudit sets Outbox. Call modelBuilder.AddAuditOutbox() in OnModelCreating.", failure.Message);
        Assert.AreEqual(0, context.Set<Tag>().Count());
    }

    [TestMethod]
    public async Task AHostMovesExistingRowsAtItsStart()
    {
        using NewsSite site = Site();
        CommitUnseen(site, "a");
        Die(site);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Site.Root.Path).AddOutbox<NewsContext>();
        builder.Services.AddDbContext<NewsContext>(options =>
        {
            site.Database.Use(options);
            options.UseEzAudit(audit => audit.Outbox = true);
        });
        using IHost host = builder.Build();
        await host.StartAsync();
        Until.True(() => site.Changes().Length == 1, "the record is moved");
        using (IServiceScope scope = host.Services.CreateScope()) Save(scope.ServiceProvider.GetRequiredService<NewsContext>(), "b");
        await host.StopAsync();
        CollectionAssert.AreEqual(new[] { "a", "b" }, site.Site.Records("change.log").Select(record => record["Name new"]).ToArray());
        using NewsContext context = site.Open();
        Assert.AreEqual(0, Rows(context));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task AnOutboxBelongsToTheTrailThatItIsAddedTo(bool writesToIt)
    {
        using NewsSite site = Site();
        using var hosts = new AuditSite(NewsSite.Settings);
        CommitUnseen(site, "a");
        Die(site);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(hosts.Root.Path);
        builder.Services.AddKeyedEzAudit("news", site.Site.Root.Path).AddOutbox<NewsContext>();
        builder.Services.AddDbContext<NewsContext>((services, options) =>
        {
            site.Database.Use(options);
            options.UseEzAudit(audit =>
            {
                audit.Outbox = true;
                if (writesToIt) audit.Writer = services.GetRequiredKeyedService<AuditWriter>("news");
            });
        });
        using IHost host = builder.Build();
        if (!writesToIt)
        {
            var refusal = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => host.StartAsync());
            Assert.StartsWith("AddOutbox: the records of NewsContext go to a different audit trail from the one that AddOutbox was called on", refusal.Message);
            return;
        }
        await host.StartAsync();
        Until.True(() => site.Changes().Length == 1, "the record is moved");
        using (IServiceScope scope = host.Services.CreateScope()) Save(scope.ServiceProvider.GetRequiredService<NewsContext>(), "b");
        await host.StopAsync();
        CollectionAssert.AreEqual(new[] { "a", "b" }, site.Site.Records("change.log").Select(record => record["Name new"]).ToArray());
        Assert.IsFalse(hosts.Has("change.log"));
    }

    private NewsSite Site() => new(database, configure: options => options.Outbox = true);

    private static AuditWriter Writer(NewsSite site) => new AuditWriterBuilder(site.Site.Root.Path) { TimeProvider = site.Site.Clock, HostName = "host" }.Build();

    private static void Save(NewsContext context, string name)
    {
        context.Add(new Tag { Name = name });
        context.SaveChanges();
    }

    // A commit that EF does not see leaves the same rows as a crash right after it.
    private static void CommitUnseen(NewsSite site, string name)
    {
        using NewsContext context = site.Open();
        using IDbContextTransaction transaction = context.Database.BeginTransaction();
        Save(context, name);
        transaction.GetDbTransaction().Commit();
    }

    private static void Die(NewsSite site) => OutboxOwner.Of(site.Site.Writer).Dispose();

    private static int Move(NewsSite site, AuditWriter writer)
    {
        using NewsContext context = site.Open();
        return context.MoveAuditOutbox(writer);
    }

    private static int Rows(NewsContext context) => context.Database.SqlQueryRaw<int>("SELECT cast(count(*) AS int) AS \"Value\" FROM \"AuditOutbox\"").Single();

    private sealed class Bare(DbContextOptions<Bare> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Tag>();
    }
}
