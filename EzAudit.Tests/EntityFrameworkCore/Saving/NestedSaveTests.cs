using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Saving;

/// <summary>A save inside a save is recorded, and so is the outer one.</summary>
public abstract class NestedSaveTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : NestedSaveTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : NestedSaveTests(DatabaseKind.PostgreSql);

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void ASaveWhenAnotherOneIsDoneIsRecordedAsWell(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.OpenWith(new SavingAgain(), isBefore);
        context.Add(new Tag { Name = "outer" });
        context.SaveChanges();
        CollectionAssert.AreEqual(new[] { "outer", "inner 1", "inner 2" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public async Task AnAsynchronousSaveWhenAnotherOneIsDoneIsRecordedAsWell(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        await using NewsContext context = site.OpenWith(new SavingAgain(), isBefore);
        context.Add(new Tag { Name = "outer" });
        await context.SaveChangesAsync();
        CollectionAssert.AreEqual(new[] { "outer", "inner 1", "inner 2" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, true)]
    public void InATransactionBothWaitForTheCommit(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.OpenWith(new SavingAgain(), isBefore);
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            context.Add(new Tag { Name = "outer" });
            context.SaveChanges();
            Assert.IsEmpty(site.Changes());
            transaction.Commit();
        }
        CollectionAssert.AreEqual(new[] { "outer", "inner 1", "inner 2" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void ASaveBeforeAnotherOneBeginsIsRecordedAsWell(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.OpenWith(new SavingFirst(), isBefore);
        context.Add(new Tag { Name = "outer" });
        context.SaveChanges();
        CollectionAssert.AreEquivalent(new[] { "outer", "inner" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ASaveOfAnEventHandlerIsRecordedAsWell(bool outbox)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.Open();
        int saves = 0;
        context.SavedChanges += (_, _) =>
        {
            if (++saves > 1) return;
            context.Add(new Tag { Name = "inner" });
            context.SaveChanges();
        };
        context.Add(new Tag { Name = "outer" });
        context.SaveChanges();
        CollectionAssert.AreEqual(new[] { "outer", "inner" }, site.RecordedTags());
        Assert.AreEqual(AutoTransactionBehavior.WhenNeeded, context.Database.AutoTransactionBehavior);
    }

    /// <summary>Saves the context two more times, one inside the other.</summary>
    private sealed class SavingAgain : SaveChangesInterceptor
    {
        private int _saves;

        public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
        {
            if (++_saves > 2) return result;
            eventData.Context!.Add(new Tag { Name = $"inner {_saves}" });
            eventData.Context.SaveChanges();
            return result;
        }

        public override async ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (++_saves > 2) return result;
            eventData.Context!.Add(new Tag { Name = $"inner {_saves}" });
            await eventData.Context.SaveChangesAsync(cancellationToken);
            return result;
        }
    }

    /// <summary>Saves the context with one more row before the outer save begins.</summary>
    private sealed class SavingFirst : SaveChangesInterceptor
    {
        private int _saves;

        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            if (++_saves > 1) return result;
            eventData.Context!.Add(new Tag { Name = "inner" });
            eventData.Context.SaveChanges();
            return result;
        }
    }
}
