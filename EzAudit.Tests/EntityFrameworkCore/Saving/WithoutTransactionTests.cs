using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Saving;

/// <summary>Saves of several commands without a transaction: what a failed save leaves in the database is recorded.</summary>
public abstract class WithoutTransactionTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : WithoutTransactionTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : WithoutTransactionTests(DatabaseKind.PostgreSql);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task CommandsCommittedBeforeAFailedOneAreRecorded(bool isAsync)
    {
        using NewsSite site = Site();
        site.Given(new Tag { Name = "known" });
        using NewsContext context = Open(site);
        await SaveAndFail<DbUpdateException>(
            context, isAsync, () => context.AddRange(new Membership { GroupId = 1, User = "x" }, new Tag { Name = "b" }, new Tag { Id = 1, Name = "taken" }));
        AssertRowsAreOnRecord(site);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task CommandsCommittedBeforeAMissingRowAreRecorded(bool isAsync)
    {
        using NewsSite site = Site();
        site.Given(new Tag { Name = "a" }, new Tag { Name = "b" });
        using NewsContext context = Open(site);
        Tag[] tags = [.. context.Tags.OrderBy(tag => tag.Id)];
        using (NewsContext other = Unseen(site))
            other.Tags.Where(tag => tag.Name == "b").ExecuteDelete();
        await SaveAndFail<DbUpdateConcurrencyException>(context, isAsync, () => (tags[0].Name, tags[1].Name) = ("a2", "b2"));
        using NewsContext fresh = site.Open();
        Assert.AreEqual("a2", fresh.Tags.Single().Name);
        CollectionAssert.AreEqual(new[] { "Tags U #Id=1 Name old=a Name new=a2" }, site.Changes());
    }

    [TestMethod]
    public void AnInterceptorThatThrowsBetweenTwoCommandsLosesNoRow()
    {
        using NewsSite site = Site();
        using NewsContext context = Open(site, builder => builder.LogTo((id, _) => id == RelationalEventId.CommandExecuted, _ => throw new ArithmeticException()));
        context.AddRange(new Tag { Name = "a" }, new Membership { GroupId = 1, User = "x" });
        Assert.Throws<Exception>(() => context.SaveChanges());
        AssertRowsAreOnRecord(site);
    }

    [TestMethod]
    public void MappedChangesAreRecordedWithTheKeysOfTheDatabase()
    {
        using NewsSite site = new(database, NewsSite.Settings + "AuditFileNames[tag-new]=tag.log\n", options => options.Entity<Tag>()
            .On("tag-new", change => [("Tag", change.Entity.Id)]));
        site.Given(new Tag { Name = "known" });
        using NewsContext context = Open(site);
        context.AddRange(new Tag { Name = "a" }, new Tag { Id = 1, Name = "taken" });
        Assert.Throws<DbUpdateException>(() => context.SaveChanges());
        using NewsContext fresh = site.Open();
        string[] recorded = site.Site.Has("tag.log") ? [.. site.Site.Records("tag.log").Select(record => record["Tag"]!)] : [];
        CollectionAssert.AreEqual(fresh.Tags.Where(tag => tag.Name != "known").AsEnumerable().Select(tag => $"{tag.Id}").ToArray(), recorded);
    }

    private static async Task SaveAndFail<TFailure>(NewsContext context, bool isAsync, Action change) where TFailure : Exception
    {
        change();
        if (isAsync) await Assert.ThrowsExactlyAsync<TFailure>(() => context.SaveChangesAsync());
        else Assert.ThrowsExactly<TFailure>(() => context.SaveChanges());
    }

    // PostgreSQL commits a batch as a whole or not at all; SQLite commits each command.
    private static void AssertRowsAreOnRecord(NewsSite site)
    {
        using NewsContext fresh = site.Open();
        string[] rows = [.. fresh.Tags.Where(tag => tag.Name != "known").AsEnumerable().Select(tag => $"Tags I #Id={tag.Id} Name new={tag.Name}"),
            .. fresh.Memberships.AsEnumerable().Select(member => $"Memberships I #GroupId={member.GroupId} #User={member.User}")];
        if (fresh.Database.IsSqlite()) Assert.IsNotEmpty(rows);
        CollectionAssert.AreEquivalent(rows, site.Changes());
    }

    private NewsSite Site() => new(database);

    private static NewsContext Open(NewsSite site, Action<DbContextOptionsBuilder<NewsContext>>? more = null)
    {
        NewsContext context = site.Open(more);
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return context;
    }

    private static NewsContext Unseen(NewsSite site)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        site.Database.Use(builder);
        return new NewsContext(builder.Options);
    }
}
