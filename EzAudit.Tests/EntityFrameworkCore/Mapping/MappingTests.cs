using EzAudit.Records;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Mapping;

/// <summary>Changes that correspond to functions of eZ Publish and Enterprise Tester: each writes exactly the right record.</summary>
public abstract class MappingTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : MappingTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : MappingTests(DatabaseKind.PostgreSql);

    private const string Functions = """
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[content-move]=content_move.log
        AuditFileNames[content-hide]=content_hide.log
        AuditFileNames[content-delete]=content_delete.log
        AuditFileNames[section-assign]=section_assign.log
        AuditFileNames[state-assign]=state_assign.log
        AuditFileNames[order-delete]=order_delete.log
        AuditFileNames[project-user-add]=membership.log
        AuditFileNames[project-user-remove]=membership.log
        AuditFileNames[group-users-set]=group.log
        AuditFileNames[tag-rename]=own.log

        """;

    private const string Own = """
        AuditFileNames[tag-new]=new.log
        AuditFileNames[tag-all]=all.log
        AuditFileNames[content-delete]=archive.log

        """;

    [TestMethod]
    public void AChangedParentIsAMove()
    {
        using NewsSite site = Site();
        Change(site, article => article.ParentId = 59);
        AssertRecord(
            site, "content_move.log",
            ("Node ID", "1"), ("Old parent node ID", "2"), ("New parent node ID", "59"), ("Object ID", "101"), ("Content Name", "Folder"), ("Comment", "Moved the node to the given node"));
        Assert.IsFalse(site.Site.Has("content_hide.log"));
    }

    [TestMethod]
    public void AChangedFlagHides()
    {
        using NewsSite site = Site();
        Change(site, article => article.IsHidden = true);
        AssertRecord(site, "content_hide.log", ("Node ID", "1"), ("Object ID", "101"), ("Content Name", "Folder"), ("Time", "1179931678"), ("Comment", "Hid the node"));
    }

    [TestMethod]
    public void AFlagOfDeletionArchives()
    {
        using NewsSite site = Site();
        Change(site, article => article.IsDeleted = true);
        AssertRecord(site, "content_delete.log", ("Object ID", "101"), ("Content Name", "Folder"), ("Comment", "Archived the object"));
        Change(site, article => article.IsDeleted = false);
        Assert.HasCount(1, site.Site.Records("content_delete.log"), "Restoring it is not a deletion.");
    }

    [TestMethod]
    public void ADeletedRowIsARemovedNode()
    {
        using NewsSite site = Site();
        using (NewsContext context = site.Open())
        {
            context.Remove(context.Articles.Single());
            context.SaveChanges();
        }
        AssertRecord(site, "content_delete.log", ("Node ID", "1"), ("Object ID", "101"), ("Content Name", "Folder"), ("Comment", "Removed the node"));
    }

    [TestMethod]
    public void AChangedSectionIsAssigned()
    {
        using NewsSite site = Site();
        Change(site, article => article.SectionId = 3);
        AssertRecord(
            site, "section_assign.log",
            ("Section ID", "3"), ("Section name", "Section 3"), ("Node ID", "1"), ("Content object ID", "101"), ("Content object name", "Folder"),
            ("Comment", "Assigned the section to the node and all below it"));
    }

    [TestMethod]
    public void AChangedStateIsAssigned()
    {
        using NewsSite site = Site();
        Change(site, article => article.State = ArticleState.Published);
        AssertRecord(
            site, "state_assign.log",
            ("Content object ID", "101"), ("Content object name", "Folder"), ("Selected State ID Array", "Published"), ("Comment", "Updated the states of the object"));
    }

    [TestMethod]
    public void ADeletedOrderIsRecordedWithItsNumber()
    {
        using NewsSite site = Site();
        site.Given(new Payment { Cents = 5 });
        using (NewsContext context = site.Open())
        {
            context.Remove(context.Payments.Single());
            context.SaveChanges();
        }
        AssertRecord(site, "order_delete.log", ("Order ID", "1"), ("Comment", "Removed the order and its data"));
    }

    [TestMethod]
    public void MembersOfAProjectComeAndGo()
    {
        using NewsSite site = Site();
        using NewsContext context = site.Open();
        var anna = new Membership { GroupId = 7, User = "anna" };
        context.Add(anna);
        context.SaveChanges();
        AssertRecord(site, "membership.log", ("Project ID", "7"), ("Project name", "Mahjong"), ("User id", "anna"), ("User login", "anna"));
        context.Remove(anna);
        context.SaveChanges();
        Assert.HasCount(2, site.Site.Records("membership.log"));
    }

    [TestMethod]
    public void TheUsersOfAGroupAreSetInOneRecord()
    {
        using NewsSite site = Site();
        site.Given(new Membership { GroupId = 7, User = "anna" });
        using NewsContext context = site.Open();
        context.Remove(context.Memberships.Single());
        context.AddRange(new Membership { GroupId = 7, User = "berta" }, new Membership { GroupId = 7, User = "carla" });
        context.SaveChanges();
        AssertRecord(site, "group.log", ("Group ID", "7"), ("Group name", "Group 7"), ("Added", "berta, carla"), ("Removed", "anna"), ("Resulting count", "2"));
    }

    [TestMethod]
    public void AnApplicationFunctionSeesOldAndNew()
    {
        using NewsSite site = Site();
        site.Given(new Tag { Name = "a" });
        using (NewsContext context = site.Open())
        {
            context.Tags.Single().Name = "b";
            context.SaveChanges();
        }
        AssertRecord(site, "own.log", ("Tag", "1"), ("From", "a"), ("To", "b"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task GeneratedValuesAreInTheEntity(bool outbox)
    {
        using var site = new NewsSite(database, NewsSite.Settings + Own, options =>
        {
            options.Outbox = outbox;
            options.Entity<Tag>().On("tag-new", change => [("Tag", change.Entity.Id), ("Id", change.New("Id"))]).OnAll(
                "tag-all", _ => 0, (_, changes) => [("Tags", string.Join(' ', changes.Select(change => change.Entity.Id)))]);
        });
        await using NewsContext context = site.Open();
        context.AddRange(new Tag { Name = "a" }, new Tag { Name = "b" });
        await context.SaveChangesAsync();
        CollectionAssert.AreEqual(new[] { "1 1", "2 2" }, site.Site.Records("new.log").Select(record => $"{record["Tag"]} {record["Id"]}").ToArray());
        Assert.AreEqual("1 2", site.Site.Records("all.log").Single()["Tags"]);
        Assert.HasCount(2, site.RecordedTags());
    }

    [TestMethod]
    public void ACommitThatFailsLeavesTheEntitiesAsTheyWere()
    {
        using var site = new NewsSite(database, NewsSite.Settings + Own, options =>
        {
            options.Outbox = true;
            options.Entity<Tag>().On("tag-new", change => [("Tag", change.Entity.Id)]);
        });
        using NewsContext context = site.Open(builder => builder.LogTo((id, _) => id == RelationalEventId.TransactionCommitting, _ => throw new ArithmeticException()));
        var tag = new Tag { Name = "a" };
        context.Add(tag);
        Assert.ThrowsExactly<ArithmeticException>(() => context.SaveChanges());
        Assert.AreEqual(0, tag.Id);
        Assert.IsFalse(site.Site.Has("new.log"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ExceptionsInApplicationCodeCostOnlyItsDetails(bool outbox)
    {
        var log = new FakeLoggerFactory();
        using var site = new NewsSite(database, NewsSite.Settings + Own, options =>
        {
            options.Outbox = outbox;
            options.Entity<Tag>()
                .On("tag-new", change => change.Entity.Name == "b" ? throw new ArithmeticException() : [("Tag", change.Entity.Name)])
                .OnAll<int>("tag-all", _ => throw new ArithmeticException(), (_, _) => []);
            options.Entity<Article>().AsContentArchive(article => article.IsDeleted, _ => throw new ArithmeticException(), article => article.Title);
        });
        site.Given(new Article { Title = "Folder" });
        using NewsContext context = site.Open(builder => builder.UseLoggerFactory(new OnlyEzAudit(log)));
        context.AddRange(new Tag { Name = "a" }, new Tag { Name = "b" });
        context.Articles.Single().IsDeleted = true;
        context.SaveChanges();

        AuditRecord[] records = site.Site.Records("new.log");
        CollectionAssert.AreEqual(new AuditField[] { ("Tag", "a") }, FieldsWithoutChangeId(records[0]));
        CollectionAssert.AreEqual(new AuditField[] { ("Table", "Tags"), ("SIDU", "I"), ("#Id", "2"), ("Fields", "[error: ArithmeticException]") }, FieldsWithoutChangeId(records[1]));
        Assert.AreEqual("[error: ArithmeticException]", site.Site.Records("all.log").Single()["Fields"]);
        CollectionAssert.AreEqual(
            new AuditField[] { ("Object ID", "[error: ArithmeticException]"), ("Content Name", "Folder"), ("Comment", "Archived the object") },
            FieldsWithoutChangeId(site.Site.Records("archive.log").Single()));
        using NewsContext fresh = site.Open();
        Assert.AreEqual(2, fresh.Tags.Count());
        Assert.HasCount(3, log.Messages, "One for each function.");
        Assert.Contains("Could not read the fields of tag-new for a change in NewsContext; its record contains the error. Logged once for each kind of failure.", log.Messages);

        static AuditField[] FieldsWithoutChangeId(AuditRecord record) => [.. NewsSite.FieldsOf(record).Where(field => field.Name != "Change ID")];
    }

    private NewsSite Site()
    {
        var site = new NewsSite(database, Functions, options =>
        {
            options.Entity<Article>()
                .AsContentMove(a => a.ParentId, a => a.Id, a => 100 + a.Id, a => a.Title)
                .AsContentHide(a => a.IsHidden, a => a.Id, a => 100 + a.Id, a => a.Title, _ => TestClock.Start)
                .AsContentArchive(a => a.IsDeleted, a => 100 + a.Id, a => a.Title)
                .AsContentDelete(a => 100 + a.Id, a => a.Title, nodeId: a => a.Id)
                .AsSectionAssign(a => a.SectionId, a => $"Section {a.SectionId}", a => a.Id, a => 100 + a.Id, a => a.Title)
                .AsStateAssign(a => a.State, a => 100 + a.Id, a => a.Title);
            options.Entity<Payment>().AsOrderDelete(p => p.Id);
            options.Entity<Membership>()
                .AsProjectUser(m => m.GroupId, _ => "Mahjong", m => m.User, m => m.User)
                .AsGroupUsersSet(m => m.GroupId, m => $"Group {m.GroupId}", m => m.User, _ => 2);
            options.Entity<Tag>().On("tag-rename", change => change.HasChanged(tag => tag.Name)
                ? [("Tag", change.Entity.Id), ("From", change.Old(tag => tag.Name)), ("To", change.Entity.Name)]
                : null);
        });
        site.Given(new Article { Title = "Folder", ParentId = 2, SectionId = 1 });
        return site;
    }

    private static void Change(NewsSite site, Action<Article> change)
    {
        using NewsContext context = site.Open();
        change(context.Articles.Single());
        context.SaveChanges();
    }

    private static void AssertRecord(NewsSite site, string file, params AuditField[] fields) =>
        CollectionAssert.AreEqual(fields, NewsSite.FieldsOf(site.Site.Records(file).Single()));

    /// <summary>Gives a test the log messages of EzAudit only.</summary>
    private sealed class OnlyEzAudit(FakeLoggerFactory log) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => categoryName == "EzAudit" ? log : NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
