using System.Data.Common;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Transactions;

/// <summary>A transaction that ends without a commit, in whatever way, leaves no record, and the next one on the same connection has only its own.</summary>
public abstract class TransactionEndTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : TransactionEndTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : TransactionEndTests(DatabaseKind.PostgreSql);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void DisposingATransactionDiscardsItsRecords(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using (NewsContext context = site.Open())
        using (context.Database.BeginTransaction()) ChangeInEveryWay(context, "x");
        using (NewsContext context = site.Open()) Save(context, "alone");
        using (NewsContext context = site.Open())
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            Save(context, "in a transaction");
            transaction.Commit();
        }
        CollectionAssert.AreEqual(new[] { "alone", "in a transaction" }, site.RecordedTags());
        Assert.HasCount(2, site.Changes());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task DisposingATransactionAsynchronouslyDiscardsItsRecords(bool outbox)
    {
        using NewsSite site = Site(outbox);
        await using (NewsContext context = site.Open())
        {
            await using (await context.Database.BeginTransactionAsync())
            {
                context.Add(new Tag { Name = "x" });
                await context.SaveChangesAsync();
                await context.Tags.ExecuteDeleteAsync();
            }
            context.ChangeTracker.Clear();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Tag { Name = "y" });
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        CollectionAssert.AreEqual(new[] { "y" }, site.RecordedTags());
        Assert.HasCount(1, site.Changes());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AnExceptionThatLeavesTheBlockDiscardsTheRecords(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using NewsContext context = site.Open();
        Assert.ThrowsExactly<TimeoutException>(() =>
        {
            using IDbContextTransaction transaction = context.Database.BeginTransaction();
            ChangeInEveryWay(context, "x");
            throw new TimeoutException();
        });
        context.ChangeTracker.Clear();
        Save(context, "y");
        CollectionAssert.AreEqual(new[] { "y" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ClosingTheConnectionDiscardsTheRecords(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using (NewsContext context = site.Open())
        {
            IDbContextTransaction transaction = context.Database.BeginTransaction();
            ChangeInEveryWay(context, "x");
            transaction.GetDbTransaction().Connection!.Close();
        }
        using (NewsContext context = site.Open())
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            Save(context, "y");
            transaction.Commit();
        }
        CollectionAssert.AreEqual(new[] { "y" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AnAdoNetTransactionThatIsRolledBackLeavesNothingToTheNext(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using DbConnection connection = site.Connect();
        foreach (string name in new[] { "rolled back", "given up", "committed" })
        {
            using DbTransaction transaction = connection.BeginTransaction();
            using NewsContext context = site.Open(builder => site.Database.Use(builder, connection));
            context.Database.UseTransaction(transaction);
            Save(context, name);
            if (name == "rolled back") transaction.Rollback();
            if (name == "committed") context.Database.CommitTransaction();
        }
        CollectionAssert.AreEqual(new[] { "committed" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AContextThatLeavesATransactionLeavesNothingToTheNext(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using DbConnection connection = site.Connect();
        using NewsContext context = site.Open(builder => site.Database.Use(builder, connection));
        using (DbTransaction transaction = connection.BeginTransaction())
        {
            context.Database.UseTransaction(transaction);
            Save(context, "x");
            context.Database.UseTransaction(null);
        }
        context.ChangeTracker.Clear();
        using (DbTransaction transaction = connection.BeginTransaction())
        {
            context.Database.UseTransaction(transaction);
            Save(context, "y");
            context.Database.CommitTransaction();
        }
        CollectionAssert.AreEqual(new[] { "y" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void DisposingASharedTransactionDiscardsTheRecordsOfAll(bool outbox)
    {
        using NewsSite site = Site(outbox);
        using DbConnection connection = site.Connect();
        using NewsContext first = site.Open(builder => site.Database.Use(builder, connection));
        using NewsContext second = site.Open(builder => site.Database.Use(builder, connection));
        using (IDbContextTransaction transaction = first.Database.BeginTransaction())
        {
            second.Database.UseTransaction(transaction.GetDbTransaction());
            Save(first, "a");
            Save(second, "b");
        }
        second.Database.UseTransaction(null);
        first.ChangeTracker.Clear();
        Save(first, "c");
        CollectionAssert.AreEqual(new[] { "c" }, site.RecordedTags());
    }

    private static void ChangeInEveryWay(NewsContext context, string name)
    {
        Save(context, name);
        context.Tags.ExecuteUpdate(set => set.SetProperty(tag => tag.Name, "changed"));
        context.Database.ExecuteSqlRaw("DELETE FROM \"Tags\"");
    }

    private static void Save(NewsContext context, string name)
    {
        context.Add(new Tag { Name = name });
        context.SaveChanges();
    }

    private NewsSite Site(bool outbox) => new(database, configure: options => options.Outbox = outbox);
}
