using System.Collections.Concurrent;
using System.Diagnostics;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>EF notifies logs and diagnostic listeners before interceptors; one that throws neither loses a record nor adds one.</summary>
public abstract class ThrowingListenerTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : ThrowingListenerTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : ThrowingListenerTests(DatabaseKind.PostgreSql);

    public enum Listener
    {
        LogTo,
        LoggerFactory,
        DiagnosticListener,
        WarningAsError,
    }

    [TestMethod]
    [DataRow(Listener.LogTo)]
    [DataRow(Listener.LoggerFactory)]
    [DataRow(Listener.DiagnosticListener)]
    [DataRow(Listener.WarningAsError)]
    public async Task AStatementThatHasRunIsRecorded(Listener listener)
    {
        using NewsSite site = NewsSite.With(database, outbox: false);
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" }, new Tag { Name = "c" });
        using var throwing = new Throwing(listener, RelationalEventId.CommandExecuted);
        await using NewsContext context = throwing.Open(site);
        Throws(() => context.Tags.Where(tag => tag.Name == "a").ExecuteDelete());
        await ThrowsAsync(() => context.Tags.Where(tag => tag.Name == "b").ExecuteDeleteAsync());
        Throws(() => context.Database.ExecuteSqlRaw("DELETE FROM \"Tags\" WHERE \"Name\" = 'c'"));
        using NewsContext fresh = site.Open();
        Assert.AreEqual(0, fresh.Tags.Count());
        Assert.HasCount(3, site.Changes());
    }

    [TestMethod]
    [DataRow(Listener.LogTo)]
    [DataRow(Listener.DiagnosticListener)]
    public async Task AStatementThatReturnsRowsIsRecorded(Listener listener)
    {
        using NewsSite site = NewsSite.With(database, outbox: false);
        using var throwing = new Throwing(listener, RelationalEventId.CommandExecuted);
        await using NewsContext context = throwing.Open(site);
        Throws(() => Assert.IsNotNull(context.Database.SqlQueryRaw<int>("INSERT INTO \"Tags\" (\"Name\") VALUES ('a') RETURNING \"Id\"").ToList()));
        await ThrowsAsync(() => context.Database.SqlQueryRaw<int>("INSERT INTO \"Tags\" (\"Name\") VALUES ('b') RETURNING \"Id\"").ToListAsync());
        using NewsContext fresh = site.Open();
        Assert.HasCount(fresh.Tags.Count(), site.Changes());
    }

    [TestMethod]
    [DataRow(Listener.LogTo)]
    [DataRow(Listener.LoggerFactory)]
    [DataRow(Listener.DiagnosticListener)]
    [DataRow(Listener.WarningAsError)]
    public async Task ARowThatIsCommittedByItselfIsRecorded(Listener listener)
    {
        using NewsSite site = NewsSite.With(database, outbox: false);
        using var throwing = new Throwing(listener, RelationalEventId.CommandExecuted);
        await using NewsContext context = throwing.Open(site);
        context.Add(new Tag { Name = "a" });
        Throws(() => context.SaveChanges());
        context.ChangeTracker.Clear();
        context.Add(new Tag { Name = "b" });
        await ThrowsAsync(() => context.SaveChangesAsync());
        CollectionAssert.AreEqual(new[] { "a", "b" }, site.RecordedTags());
        Assert.IsTrue(site.Site.Records("change.log").All(record => record["#Id"] is "1" or "2"), "The database's keys are recorded.");
    }

    [TestMethod]
    public void EventsOfTheReaderAndTheConnectionLoseNoRow()
    {
        EventId[] events =
        [
            RelationalEventId.DataReaderClosing, RelationalEventId.DataReaderDisposing, RelationalEventId.ConnectionClosing, RelationalEventId.ConnectionClosed,
            RelationalEventId.CommandCreating, RelationalEventId.CommandExecuting, RelationalEventId.ConnectionOpened, CoreEventId.SaveChangesCompleted,
        ];
        foreach (EventId at in events)
        foreach (int rows in new[] { 1, 2 })
        {
            using NewsSite site = NewsSite.With(database, outbox: false);
            using var throwing = new Throwing(Listener.LogTo, at);
            using NewsContext context = throwing.Open(site);
            context.AddRange(Enumerable.Range(1, rows).Select(i => new Tag { Name = $"tag {i}" }));
            try
            {
                context.SaveChanges();
            }
            catch (Exception failure) when (failure is ArithmeticException or DbUpdateException)
            {
                // Thrown by the listener.
            }
            site.RecordedTags();
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task ChangesRolledBackToASavepointAreNotRecorded(bool outbox)
    {
        foreach (Listener listener in new[] { Listener.LogTo, Listener.DiagnosticListener, Listener.WarningAsError })
        {
            using NewsSite site = NewsSite.With(database, outbox);
            using var throwing = new Throwing(listener, RelationalEventId.RolledBackToTransactionSavepoint);
            await using NewsContext context = throwing.Open(site);
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            Save(context, "kept");
            transaction.CreateSavepoint("here");
            Save(context, "undone");
            Throws(() => transaction.RollbackToSavepoint("here"));
            // The database may reuse the key of the undone row.
            context.ChangeTracker.Clear();
            Save(context, "undone as well");
            await ThrowsAsync(() => transaction.RollbackToSavepointAsync("here"));
            await transaction.CommitAsync();
            CollectionAssert.AreEqual(new[] { "kept" }, site.RecordedTags());
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ASavepointWhoseListenerThrewStillExists(bool outbox)
    {
        using NewsSite site = NewsSite.With(database, outbox);
        using var throwing = new Throwing(Listener.LogTo, RelationalEventId.CreatedTransactionSavepoint);
        using NewsContext context = throwing.Open(site);
        using IDbContextTransaction transaction = context.Database.BeginTransaction();
        // The other savepoints are EF's own, one around each save.
        context.Database.AutoSavepointsEnabled = false;
        Save(context, "kept");
        Throws(() => transaction.CreateSavepoint("here"));
        Save(context, "undone");
        transaction.RollbackToSavepoint("here");
        transaction.Commit();
        CollectionAssert.AreEqual(new[] { "kept" }, site.RecordedTags());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ACommitIsRecordedWhateverIsThrownAboutIt(bool outbox)
    {
        foreach (Listener listener in Enum.GetValues<Listener>())
        {
            using NewsSite site = NewsSite.With(database, outbox);
            using var throwing = new Throwing(listener, RelationalEventId.TransactionCommitted);
            using NewsContext context = throwing.Open(site);
            using (IDbContextTransaction transaction = context.Database.BeginTransaction())
            {
                Save(context, "a");
                Throws(transaction.Commit);
            }
            context.ChangeTracker.Clear();
            context.AddRange(new Tag { Name = "b" }, new Tag { Name = "c" });
            Attempt(() => context.SaveChanges());
            CollectionAssert.IsSubsetOf(new[] { "a" }, site.RecordedTags());
        }
    }

    private static void Save(NewsContext context, string name)
    {
        context.Add(new Tag { Name = name });
        context.SaveChanges();
    }

    private static void Attempt(Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (IsTheListeners(failure))
        {
            // Thrown by the listener.
        }
    }

    private static void Throws(Action act)
    {
        Exception failure = Assert.Throws<Exception>(act);
        Assert.IsTrue(IsTheListeners(failure), failure.ToString());
    }

    private static async Task ThrowsAsync(Func<Task> act)
    {
        Exception failure = await Assert.ThrowsAsync<Exception>(act);
        Assert.IsTrue(IsTheListeners(failure), failure.ToString());
    }

    private static bool IsTheListeners(Exception failure) =>
        failure is ArithmeticException || failure.InnerException is ArithmeticException || failure.Message.Contains("warning", StringComparison.OrdinalIgnoreCase);

    /// <summary>Listens for one event of a context and throws when it arrives.</summary>
    private sealed class Throwing(Listener listener, EventId at) : ILoggerFactory, ILogger, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        // Contexts of other tests create listeners at the same time.
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];
        private NewsContext? _context;

        public NewsContext Open(NewsSite site)
        {
            if (listener == Listener.DiagnosticListener) _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
            return _context = site.Open(builder => _ = listener switch
            {
                Listener.LogTo => builder.LogTo((id, _) => id == at, _ => throw new ArithmeticException()),
                Listener.LoggerFactory => builder.UseLoggerFactory(this),
                Listener.WarningAsError => builder.ConfigureWarnings(warnings => warnings.Throw(at)),
                _ => builder,
            });
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this, name => name == at.Name));
        }

        // Listeners receive the events of all contexts in the process.
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == at.Name && value.Value is DbContextEventData { Context: { } context } && context == _context) throw new ArithmeticException();
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId == at) throw new ArithmeticException();
        }

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (IDisposable subscription in _subscriptions) subscription.Dispose();
        }
    }
}
