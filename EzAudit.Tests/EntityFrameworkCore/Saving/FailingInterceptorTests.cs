using System.Data.Common;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Saving;

/// <summary>Exceptions of other code around a commit do not matter: exactly the rows in the database have records.</summary>
public abstract class FailingInterceptorTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : FailingInterceptorTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : FailingInterceptorTests(DatabaseKind.PostgreSql);

    public enum Moment
    {
        SavingChanges,
        CommandExecuted,
        TransactionCommitting,
        TransactionCommitted,
        SavedChanges,
    }

    [TestMethod]
    [DataRow(Moment.SavingChanges)]
    [DataRow(Moment.CommandExecuted)]
    [DataRow(Moment.TransactionCommitting)]
    [DataRow(Moment.TransactionCommitted)]
    [DataRow(Moment.SavedChanges)]
    public async Task RowsAndRecordsAgreeWhenASaveFails(Moment moment)
    {
        foreach (bool outbox in new[] { false, true })
        foreach (bool isBefore in new[] { false, true })
        foreach (int rows in new[] { 1, 2 })
        {
            using NewsSite site = NewsSite.With(database, outbox);
            await using NewsContext context = site.OpenWith(new Failing(moment), isBefore);
            context.AddRange(Enumerable.Range(1, rows).Select(i => new Tag { Name = $"sync {i}" }));
            // A single command has no transaction of its own, unless an interceptor could cancel it.
            if (Attempt(() => context.SaveChanges())) Assert.IsTrue(moment is Moment.TransactionCommitting or Moment.TransactionCommitted);
            site.RecordedTags();
            context.ChangeTracker.Clear();
            context.AddRange(Enumerable.Range(1, rows).Select(i => new Tag { Name = $"async {i}" }));
            try
            {
                await context.SaveChangesAsync();
            }
            catch (Exception failure) when (failure is ArithmeticException or DbUpdateException)
            {
                // Thrown by the interceptor.
            }
            site.RecordedTags();
        }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void AnExceptionAfterASaveLosesNoRecord(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.OpenWith(new Failing(Moment.SavedChanges), isBefore);
        context.Add(new Tag { Name = "a" });
        Assert.ThrowsExactly<ArithmeticException>(() => context.SaveChanges());
        CollectionAssert.AreEqual(new[] { "a" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public async Task AnExceptionAfterACommitLosesNoRecords(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        await using NewsContext context = site.OpenWith(new Failing(Moment.TransactionCommitted), isBefore);
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            context.Add(new Tag { Name = "a" });
            context.SaveChanges();
            Assert.ThrowsExactly<ArithmeticException>(transaction.Commit);
        }
        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            context.Add(new Tag { Name = "b" });
            await context.SaveChangesAsync();
            await Assert.ThrowsExactlyAsync<ArithmeticException>(() => transaction.CommitAsync());
        }
        CollectionAssert.AreEqual(new[] { "a", "b" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, true)]
    public void AnExceptionBeforeACommitLeavesNoRecords(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.OpenWith(new Failing(Moment.TransactionCommitting), isBefore);
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            context.Add(new Tag { Name = "a" });
            context.SaveChanges();
            Assert.ThrowsExactly<ArithmeticException>(transaction.Commit);
        }
        Assert.IsEmpty(site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AnEventHandlerThatThrowsDoesNotLoseTheRecord(bool outbox)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using NewsContext context = site.Open();
        context.SavedChanges += (_, _) => throw new ArithmeticException();
        context.Add(new Tag { Name = "a" });
        Assert.ThrowsExactly<ArithmeticException>(() => context.SaveChanges());
        CollectionAssert.AreEqual(new[] { "a" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void AnExceptionAfterAStatementLosesNoRecord(bool outbox, bool isBefore)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        site.Given(new Tag { Name = "a" });
        using NewsContext context = site.OpenWith(new Failing(Moment.CommandExecuted), isBefore);
        Assert.ThrowsExactly<ArithmeticException>(() => context.Tags.ExecuteDelete());
        using NewsContext fresh = site.Open();
        Assert.AreEqual(0, fresh.Tags.Count());
        Assert.HasCount(1, site.Changes());
    }

    [TestMethod]
    [DataRow(Moment.SavingChanges)]
    [DataRow(Moment.CommandExecuted)]
    [DataRow(Moment.TransactionCommitting)]
    [DataRow(Moment.TransactionCommitted)]
    public async Task RowsAndRecordsAgreeWhenASaveIsCanceled(Moment moment)
    {
        foreach (bool outbox in new[] { false, true })
        {
            using NewsSite site = NewsSite.With(database, outbox);
            using var canceled = new CancellationTokenSource();
            await using NewsContext context = site.OpenWith(new Failing(moment, canceled), isBefore: true);
            context.Add(new Tag { Name = "a" });
            try
            {
                await context.SaveChangesAsync(canceled.Token);
            }
            catch (OperationCanceledException)
            {
                // Thrown by the interceptor.
            }
            site.RecordedTags();
        }
    }

    private static bool Attempt(Action save)
    {
        try
        {
            save();
            return true;
        }
        catch (Exception failure) when (failure is ArithmeticException or DbUpdateException)
        {
            return false;
        }
    }

    /// <summary>Throws or cancels at a chosen point.</summary>
    private sealed class Failing(Moment at, CancellationTokenSource? cancel = null) : IDbCommandInterceptor, IDbTransactionInterceptor, ISaveChangesInterceptor
    {
        public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) => At(Moment.SavingChanges, result);

        public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(At(Moment.SavingChanges, result));

        public int SavedChanges(SaveChangesCompletedEventData eventData, int result) => At(Moment.SavedChanges, result);

        public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(At(Moment.SavedChanges, result));

        public DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
        {
            if (at == Moment.CommandExecuted && cancel is null) result.Dispose();
            return At(Moment.CommandExecuted, result);
        }

        public ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(ReaderExecuted(command, eventData, result));

        public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => At(Moment.CommandExecuted, result);

        public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) =>
            At(Moment.TransactionCommitting, result);

        public ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(At(Moment.TransactionCommitting, result));

        public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => At(Moment.TransactionCommitted, 0);

        public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            Task.FromResult(At(Moment.TransactionCommitted, 0));

        private T At<T>(Moment moment, T result)
        {
            if (moment != at) return result;
            if (cancel is null) throw new ArithmeticException();
            cancel.Cancel();
            return result;
        }
    }
}
