using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.Records;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Outbox;

/// <summary>Failures of the outbox table itself lose no record and fail no save.</summary>
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
            Assert.AreEqual("NewsContext: the outbox cannot be moved inside a transaction, where uncommitted rows are visible. Move it outside.", failure.Message);
        }
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        Assert.IsEmpty(site.RecordedTags());
    }

    [TestMethod]
    public void HealthSaysThatTheTableCannotBeReadUntilItCan()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        Save(context, "a");
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State);
        Execute(site, "ALTER TABLE \"AuditOutbox\" RENAME TO away");
        Assert.Throws<Exception>(() => context.MoveAuditOutbox(site.Site.Writer));
        AuditTargetHealth health = Health(site);
        Assert.AreEqual(AuditHealthState.Degraded, health.State);
        Assert.StartsWith("NewsContext: rows could not be moved to the log: ", health.LastError!);
        Assert.AreEqual(AuditHealthState.Degraded, site.Site.Writer.Health.State);

        Execute(site, "ALTER TABLE away RENAME TO \"AuditOutbox\"");
        context.MoveAuditOutbox(site.Site.Writer);
        Assert.AreEqual((AuditHealthState.Healthy, (string?)null), (Health(site).State, Health(site).LastError));
    }

    [TestMethod]
    public void HealthSaysThatRowsWaitTooLongUntilTheyAreMoved()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        string log = site.Site.Root["var/log/audit/change.log"];
        Directory.CreateDirectory(log);
        Save(context, "a");
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State, "It has not waited long.");
        site.Site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.AreEqual(AuditHealthState.Blocked, Health(site).State);
        Assert.AreEqual("Rows waiting in the database because their records could not be written to the log: 1.", Health(site).LastError);
        Assert.AreEqual(0, context.MoveAuditOutbox(site.Site.Writer));
        Assert.AreEqual(AuditHealthState.Blocked, Health(site).State);

        Directory.Delete(log);
        Assert.AreEqual(1, context.MoveAuditOutbox(site.Site.Writer));
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State);
        Save(context, "b");
        Assert.AreEqual(AuditHealthState.Healthy, site.Site.Writer.Health.State);
    }

    [TestMethod]
    public void HealthSaysThatARoundDoesNotFinish()
    {
        using NewsSite site = Site();
        OutboxHealth health = OutboxHealth.Of(site.Site.Writer);
        health.Moving("NewsContext");
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.AreEqual(AuditHealthState.Blocked, Health(site).State);
        Assert.AreEqual("NewsContext: moving rows to the log has not finished. Look for locks in the database.", Health(site).LastError);
        health.Moved("NewsContext", default);
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State);
    }

    [TestMethod]
    public void HealthForgetsRowsThatAreGone()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        using (site.Site.Obstruct("change.log")) Save(context, "a");
        site.Site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.AreEqual(AuditHealthState.Blocked, Health(site).State);
        Execute(site, "DELETE FROM \"AuditOutbox\"");
        context.MoveAuditOutbox(site.Site.Writer);
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State);
    }

    [TestMethod]
    public void HealthSaysThatRowsOfAnotherHostAreLeftBehind()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        string id = Guid.CreateVersion7(site.Site.Clock.GetUtcNow().AddHours(-2)).ToString("N");
        Execute(site, $"INSERT INTO \"AuditOutbox\" (\"Id\", \"Log\", \"Owner\", \"Records\") VALUES ('{id}', 'pod-7:/log', 'x', '[]')");
        context.MoveAuditOutbox(site.Site.Writer);
        Assert.AreEqual(AuditHealthState.Degraded, Health(site).State);
        Assert.AreEqual(
            "NewsContext: rows that belong to another host or log directory, the oldest over an hour old: 1. Only a process there can move them.", Health(site).LastError);
        Execute(site, "DELETE FROM \"AuditOutbox\"");
        context.MoveAuditOutbox(site.Site.Writer);
        Assert.AreEqual(AuditHealthState.Healthy, Health(site).State);
    }

    [TestMethod]
    public async Task AHostsHealthCheckSaysWhatAnOutboxCannotDo()
    {
        using NewsSite site = Site();
        Execute(site, "ALTER TABLE \"AuditOutbox\" RENAME TO away");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Site.Root.Path).AddOutbox<NewsContext>();
        builder.Services.AddHealthChecks().AddEzAudit();
        builder.Services.AddDbContext<NewsContext>(options =>
        {
            site.Database.Use(options);
            options.UseEzAudit(audit => audit.Outbox = true);
        });
        using IHost host = builder.Build();
        await host.StartAsync();
        var checks = host.Services.GetRequiredService<HealthCheckService>();
        HealthReport report = await checks.CheckHealthAsync();
        for (int i = 0; i < 600 && report.Status == HealthStatus.Healthy; i++)
        {
            await Task.Delay(50);
            report = await checks.CheckHealthAsync();
        }
        Assert.AreEqual(HealthStatus.Degraded, report.Status);
        Assert.Contains("EF Core outbox: degraded since ", report.Entries["ezaudit"].Description!);
        Assert.Contains("NewsContext: rows could not be moved to the log: ", report.Entries["ezaudit"].Description!);
        await host.StopAsync();
    }

    private static AuditTargetHealth Health(NewsSite site) => site.Site.Writer.Health.Targets.Single(target => target.Target == OutboxHealth.Name);

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

    private NewsSite Site() => NewsSite.With(database, outbox: true);
}
