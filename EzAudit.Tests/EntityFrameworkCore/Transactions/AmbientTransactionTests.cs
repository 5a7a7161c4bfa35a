using System.Transactions;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Transactions;

/// <summary>Records wait for a TransactionScope if the connection is enlisted in it, and for nothing otherwise.</summary>
public abstract class AmbientTransactionTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : AmbientTransactionTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : AmbientTransactionTests(DatabaseKind.PostgreSql)
    {
        [TestMethod]
        [DataRow(false, false)]
        [DataRow(false, true)]
        [DataRow(true, false)]
        [DataRow(true, true)]
        public void RecordsWaitForTheScopeAroundThem(bool outbox, bool isCompleted)
        {
            using NewsSite site = Site(outbox);
            using NewsContext context = site.Open();
            using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            {
                ChangeInEveryWay(context);
                Assert.IsEmpty(site.Changes());
                if (isCompleted) scope.Complete();
            }
            CollectionAssert.AreEqual(isCompleted ? ["a", "b"] : Array.Empty<string>(), site.RecordedTags());
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void AConnectionThatWasOpenBeforeTheScopeTakesPartInIt(bool outbox)
        {
            using NewsSite site = Site(outbox);
            using NewsContext context = site.Open();
            context.Database.OpenConnection();
            using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)) ChangeInEveryWay(context);
            Assert.IsEmpty(site.RecordedTags());
        }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void AScopeThatTheConnectionTakesNoPartInHoldsUpNoRecord(bool outbox, bool isCompleted)
    {
        using NewsSite site = Site(outbox);
        using NewsContext context = site.Open(site.Database.UseWithoutAmbient);
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            ChangeInEveryWay(context);
            CollectionAssert.AreEqual(new[] { "a", "b" }, site.Site.Records("change.log").Select(record => record["Name new"]).OfType<string>().ToArray());
            if (isCompleted) scope.Complete();
        }
        CollectionAssert.AreEqual(new[] { "a", "b" }, site.RecordedTags());
        Assert.HasCount(3, site.Changes());
    }

    private static void ChangeInEveryWay(NewsContext context)
    {
        context.AddRange(new Tag { Name = "a" }, new Tag { Name = "b" });
        context.SaveChanges();
        context.Tags.Where(tag => tag.Name == "c").ExecuteDelete();
    }

    private NewsSite Site(bool outbox) => new(database, configure: options => options.Outbox = outbox);
}
