using System.Data.Common;
using EzAudit.EntityFrameworkCore;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Transactions;

/// <summary>Exactly what is committed is recorded, with or without the outbox.</summary>
public abstract class TransactionTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : TransactionTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : TransactionTests(DatabaseKind.PostgreSql);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void RecordsWaitForTheCommit(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using NewsContext context = site.Open();
        using IDbContextTransaction transaction = context.Database.BeginTransaction();
        Save(context, "a");
        Save(context, "b");
        Assert.IsEmpty(site.Changes());
        transaction.Commit();
        AssertNames(site, "a", "b");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task RolledBackChangesAreNotRecorded(bool outbox)
    {
        using NewsSite site = Site(outbox);
        await using NewsContext context = site.Open();
        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            await SaveAsync(context, "a");
            await transaction.RollbackAsync();
        }
        await SaveAsync(context, "b");
        AssertNames(site, "b");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AContextDisposedWithItsTransactionLeavesNoRecord(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using (NewsContext context = site.Open())
        {
            context.Database.BeginTransaction();
            Save(context, "a");
        }
        using (NewsContext context = site.Open()) Save(context, "b");
        AssertNames(site, "b");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task TheNamedOneOfNestedSavepointsCounts(bool outbox)
    {
        using NewsSite site = Site(outbox);
        await using NewsContext context = site.Open();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        await SaveAsync(context, "a");
        await transaction.CreateSavepointAsync("one");
        await SaveAsync(context, "b");
        transaction.CreateSavepoint("two");
        Save(context, "c");
        await transaction.RollbackToSavepointAsync("two");
        await SaveAsync(context, "d");
        transaction.RollbackToSavepoint("one");
        Save(context, "e");
        await transaction.ReleaseSavepointAsync("one");
        await transaction.CommitAsync();
        AssertNames(site, "a", "e");
        using NewsContext fresh = site.Open();
        CollectionAssert.AreEqual(new[] { "a", "e" }, fresh.Tags.Select(tag => tag.Name).OrderBy(name => name).ToArray());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ASaveThatFailsInATransactionAffectsNothingElse(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using NewsContext context = site.Open();
        using IDbContextTransaction transaction = context.Database.BeginTransaction();
        Save(context, "a");
        context.ChangeTracker.Clear();
        context.Add(new Tag { Id = 1, Name = "the same key" });
        Assert.ThrowsExactly<DbUpdateException>(() => context.SaveChanges());
        context.ChangeTracker.Clear();
        Save(context, "b");
        transaction.Commit();
        AssertNames(site, "a", "b");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void TwoContextsMayShareATransaction(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using DbConnection connection = site.Connect();
        using NewsContext first = site.Open(builder => site.Database.Use(builder, connection));
        using NewsContext second = site.Open(builder => site.Database.Use(builder, connection));
        using IDbContextTransaction transaction = first.Database.BeginTransaction();
        using (second.Database.UseTransaction(transaction.GetDbTransaction()))
        {
            Save(first, "a");
            Save(second, "b");
        }
        Assert.IsEmpty(site.Changes());
        transaction.Commit();
        AssertNames(site, "a", "b");
    }

    [TestMethod]
    public void ATransactionOfAdoNetIsCommittedByTheContext()
    {
        using NewsSite site = Site(outbox: false);
        using DbConnection connection = site.Connect();
        using DbTransaction transaction = connection.BeginTransaction();
        using NewsContext context = site.Open(builder => site.Database.Use(builder, connection));
        context.Database.UseTransaction(transaction);
        Save(context, "a");
        Assert.IsEmpty(site.Changes());
        context.Database.CommitTransaction();
        AssertNames(site, "a");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ARetryIsRecordedOnce(bool outbox)
    {
        using NewsSite site = Site(outbox);
        var failing = new FailFirst(site.Database.ConnectionLost());
        using NewsContext context = site.Open(builder =>
        {
            site.Database.Use(builder, dependencies => new RetryOnce(dependencies));
            builder.AddInterceptors(failing);
        });
        Save(context, "a");
        Assert.AreEqual(2, failing.Commands);
        AssertNames(site, "a");
    }

    [TestMethod]
    public void ATransactionThatIsRetriedIsRecordedOnce()
    {
        using NewsSite site = Site(outbox: false);
        using NewsContext context = site.Open(builder => site.Database.Use(builder, dependencies => new RetryOnce(dependencies)));
        int attempt = 0;
        context.Database.CreateExecutionStrategy().Execute(() =>
        {
            using IDbContextTransaction transaction = context.Database.BeginTransaction();
            Save(context, $"attempt {++attempt}");
            if (attempt == 1) throw site.Database.ConnectionLost();
            transaction.Commit();
        });
        AssertNames(site, "attempt 2");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void APooledContextKeepsNothingOfItsPreviousUser(bool outbox)
    {
        using NewsSite site = Site(outbox);
        var pool = new PooledDbContextFactory<NewsContext>(site.Options(), poolSize: 1);
        using (NewsContext context = pool.CreateDbContext())
        {
            context.Database.BeginTransaction();
            Save(context, "a");
        }
        using (NewsContext context = pool.CreateDbContext()) Save(context, "b");
        AssertNames(site, "b");
    }

    [TestMethod]
    public void AFailureToWriteSaysThatTheDataIsCommitted()
    {
        using NewsSite site = Site(outbox: false);
        Directory.CreateDirectory(site.Site.Root["var/log/audit/change.log"]);
        using NewsContext context = site.Open();
        context.Add(new Tag { Name = "a" });

        var failure = Assert.ThrowsExactly<AuditAfterCommitException>(() => context.SaveChanges());

        StringAssert.StartsWith(failure.Message, "The changes are committed, but 1 of their 1 records may be missing: ", StringComparison.Ordinal);
        Assert.AreEqual(1, failure.Missing);
        using NewsContext fresh = site.Open();
        Assert.AreEqual(1, fresh.Tags.Count());
        Assert.IsFalse(context.ChangeTracker.HasChanges(), "A second SaveChanges would do it twice.");
    }

    [TestMethod]
    public void InvisibleCharactersAreRefused()
    {
        using NewsSite site = Site(outbox: false);
        var twice = Assert.ThrowsExactly<InvalidOperationException>(() => site.Open(builder => builder.UseEzAudit()));
        Assert.AreEqual("UseEzAudit was called twice for one context, so every change would be recorded twice. Call it once.", twice.Message);
        DbContextOptions<NewsContext> early = new DbContextOptionsBuilder<NewsContext>().UseEzAudit().UseSqlite("Data Source=:memory:").Options;
        var order = Assert.ThrowsExactly<InvalidOperationException>(() => new NewsContext(early));
        Assert.AreEqual("UseEzAudit needs a relational database provider. Call UseSqlite, UseSqlServer or the method of another provider before it.", order.Message);
    }

    private NewsSite Site(bool outbox) => new(database, configure: options => options.Outbox = outbox);

    // Entries that a rolled-back save left in the tracker do not belong to the next save.
    private static void Save(NewsContext context, string name)
    {
        context.ChangeTracker.Clear();
        context.Add(new Tag { Name = name });
        context.SaveChanges();
    }

    private static async Task SaveAsync(NewsContext context, string name)
    {
        context.ChangeTracker.Clear();
        context.Add(new Tag { Name = name });
        await context.SaveChangesAsync();
    }

    private static void AssertNames(NewsSite site, params string[] names) => CollectionAssert.AreEqual(
        names, site.Site.Has("change.log") ? site.Site.Records("change.log").Select(record => record["Name new"]).ToArray() : []);

    private sealed class RetryOnce(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 1, TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is DbException or DbUpdateException;
    }

    /// <summary>Fails the first command of SaveChanges after it has run.</summary>
    private sealed class FailFirst(Exception failure) : DbCommandInterceptor
    {
        public int Commands { get; private set; }

        public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
        {
            if (eventData.CommandSource != CommandSource.SaveChanges || ++Commands > 1) return result;
            result.Dispose();
            throw failure;
        }
    }
}
