using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>Trouble with the outbox's own table costs no record and fails no save.</summary>
public abstract class OutboxTroubleTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : OutboxTroubleTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : OutboxTroubleTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public void ARowThatCouldNotBeMovedIsMovedNextTime()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        string log = site.Site.Root["var/log/audit/change.log"];
        Directory.CreateDirectory(log);
        Save(context, "a");
        Directory.Delete(log);
        Execute(site, "ALTER TABLE \"AuditOutbox\" RENAME TO away");
        for (int i = 0; i < 2; i++) Assert.Throws<Exception>(() => context.MoveAuditOutbox(site.Site.Writer));
        Execute(site, "ALTER TABLE away RENAME TO \"AuditOutbox\"");

        Assert.AreEqual(1, context.MoveAuditOutbox(site.Site.Writer));
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        CollectionAssert.AreEqual(new[] { "a" }, site.RecordedTags());
        Assert.AreEqual(0, Rows(context));
    }

    [TestMethod]
    public void ACommitThatNobodyWasToldOfIsMovedByTheSameProcess()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            Save(context, "a");
            transaction.GetDbTransaction().Commit();
        }
        Assert.IsEmpty(site.Changes());
        Assert.AreEqual(1, context.MoveAuditOutbox(site.Site.Writer));
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        CollectionAssert.AreEqual(new[] { "a" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task ADeletionThatFailsFailsNoSave(bool isInTransaction)
    {
        using NewsSite site = Site();
        await using NewsContext context = site.Open();
        Execute(site, site.Database.ForbidDeletions);
        for (int i = 0; i < 140; i++)
        {
            await using IDbContextTransaction? transaction = isInTransaction ? await context.Database.BeginTransactionAsync() : null;
            Save(context, $"tag {i}");
            if (transaction is not null) await transaction.CommitAsync();
        }
        Assert.HasCount(140, site.RecordedTags());
        Execute(site, database == DatabaseKind.Sqlite ? "DROP TRIGGER forbid" : "DROP TRIGGER forbid ON \"AuditOutbox\"");
        Assert.AreEqual(0, await context.MoveAuditOutboxAsync(site.Site.Writer));
        Assert.AreEqual(0, Rows(context));
    }

    [TestMethod]
    public void WrittenRowsAreDeletedBetweenTransactions()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        for (int i = 0; i < 70; i++)
        {
            using IDbContextTransaction transaction = context.Database.BeginTransaction();
            Save(context, $"tag {i}");
            transaction.Commit();
        }
        Assert.IsLessThan(64, Rows(context));
        Assert.HasCount(70, site.RecordedTags());
    }

    [TestMethod]
    public void InsideATransactionNothingIsMoved()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        using (context.Database.BeginTransaction())
        {
            Save(context, "a");
            var failure = Assert.ThrowsExactly<InvalidOperationException>(() => context.MoveAuditOutbox(site.Site.Writer));
            Assert.AreEqual("NewsContext: the outbox cannot be moved inside a transaction, where rows that are not committed can be seen.", failure.Message);
        }
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        Assert.IsEmpty(site.RecordedTags());
    }

    private static void Save(NewsContext context, string name)
    {
        context.Add(new Tag { Name = name });
        context.SaveChanges();
    }

    private static void Execute(NewsSite site, string sql)
    {
        using var connection = site.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static int Rows(NewsContext context) => context.Database.SqlQueryRaw<int>("SELECT cast(count(*) AS int) AS \"Value\" FROM \"AuditOutbox\"").Single();

    private NewsSite Site() => new(database, configure: options => options.Outbox = true);
}
