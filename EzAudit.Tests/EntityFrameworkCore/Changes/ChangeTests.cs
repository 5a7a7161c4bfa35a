using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Changes;

/// <summary>What SaveChanges records about the rows that it changed.</summary>
public abstract class ChangeTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : ChangeTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : ChangeTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public void AnInsertHasItsGeneratedKeyAndEveryColumn()
    {
        using var site = new NewsSite(database);
        using (NewsContext context = site.Open())
        {
            context.Add(new Tag { Name = "sports" });
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Tags I #Id=1 Name new=sports" }, site.Changes());
    }

    [TestMethod]
    public async Task AnUpdateHasOnlyWhatChangedOldAndNew()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "Old", Body = "Body" });
        await using (NewsContext context = site.Open())
        {
            Article article = await context.Articles.SingleAsync();
            article.Title = "New";
            article.Body = null;
            context.Entry(article).Property("Editor").CurrentValue = "anna";
            await context.SaveChangesAsync();
        }
        CollectionAssert.AreEqual(new[] { "Articles U #Id=1 Body old=Body Body new=[null] Editor old=[null] Editor new=anna Title old=Old Title new=New" }, site.Changes());
    }

    [TestMethod]
    public void ADeleteHasEveryColumnAsItWas()
    {
        using var site = new NewsSite(database);
        site.Given(new Tag { Name = "sports" });
        using (NewsContext context = site.Open())
        {
            context.Remove(context.Tags.Single());
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Tags D #Id=1 Name old=sports" }, site.Changes());
    }

    [TestMethod]
    public void AnEntityThatWasNeverReadIsDeletedByItsKey()
    {
        using var site = new NewsSite(database);
        site.Given(new Membership { GroupId = 7, User = "anna" });
        using (NewsContext context = site.Open())
        {
            context.Remove(new Membership { GroupId = 7, User = "anna" });
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Memberships D #GroupId=7 #User=anna" }, site.Changes());
    }

    [TestMethod]
    public void TheOldValueOfARowThatWasNeverReadIsReportedAsUnknown()
    {
        using var site = new NewsSite(database);
        site.Given(new Tag { Name = "sports" });
        using (NewsContext context = site.Open())
        {
            context.Update(new Tag { Id = 1, Name = "culture" });
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Tags U #Id=1 Name old=[unknown] Name new=culture" }, site.Changes());
    }

    [TestMethod]
    public void ValuesAreThoseOfTheDatabase()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T" });
        using (NewsContext context = site.Open())
        {
            context.Articles.Single().State = ArticleState.Published;
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Articles U #Id=1 State old=Draft State new=Published" }, site.Changes());
    }

    [TestMethod]
    public void AnOwnedTypeIsPartOfItsOwnersRecord()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T", Place = new Address { City = "Graz", Street = "Hauptplatz" } });
        using (NewsContext context = site.Open())
        {
            Article article = context.Articles.Single();
            article.Title = "U";
            article.Place!.City = "Wien";
            context.SaveChanges();
            article.Place = new Address { City = "Linz", Street = "Hauptplatz" };
            context.SaveChanges();
            article.Place = null;
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(
            new[]
            {
                "Articles U #Id=1 Title old=T Title new=U Place_City old=Graz Place_City new=Wien",
                "Articles U #Id=1 Place_City old=Wien Place_City new=Linz",
                "Articles U #Id=1 Place_City old=Linz Place_City new=[null] Place_Street old=Hauptplatz Place_Street new=[null]",
            },
            site.Changes());
    }

    [TestMethod]
    public void AComplexTypeIsPartOfItsRow()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T" });
        using (NewsContext context = site.Open())
        {
            context.Articles.Single().Price.Amount = 12.5m;
            context.SaveChanges();
        }
        string zero = database == DatabaseKind.Sqlite ? "0.0" : "0";
        CollectionAssert.AreEqual(new[] { $"Articles U #Id=1 Price_Amount old={zero} Price_Amount new=12.5" }, site.Changes());
    }

    [TestMethod]
    public void AnOwnedPartWithoutAnyValueIsStillAPart()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T" });
        Change(article => article.Details = new Details());
        Change(article => article.Details!.Links.Add(new Link()));
        Change(article => article.Details!.Links.Clear());
        Change(article => article.Details = null);
        Change(article => article.Details = new Details { Source = "apa" });
        CollectionAssert.AreEqual(
            new[]
            {
                "Articles U #Id=1 Details old=[null] Details new={}",
                "Articles U #Id=1 Details.Links[1] old=[null] Details.Links[1] new={}",
                "Articles U #Id=1 Details.Links[1] old={} Details.Links[1] new=[null]",
                "Articles U #Id=1 Details old={} Details new=[null]",
                "Articles U #Id=1 Details.Source old=[null] Details.Source new=apa",
            },
            site.Changes());

        void Change(Action<Article> change)
        {
            using NewsContext context = site.Open();
            change(context.Articles.Single());
            context.SaveChanges();
        }
    }

    [TestMethod]
    public void AJsonColumnIsRecordedByItsParts()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T", Details = new Details { Source = "apa", Links = [new Link { Url = "a" }] } });
        using (NewsContext context = site.Open())
        {
            Article article = context.Articles.Single();
            article.Details!.Source = "dpa";
            article.Details.Links[0].Url = "b";
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(
            new[] { "Articles U #Id=1 Details.Links[1].Url old=a Details.Links[1].Url new=b Details.Source old=apa Details.Source new=dpa" }, site.Changes());
    }

    [TestMethod]
    public void AnOwnerInsertedWithItsPartsIsOneRecord()
    {
        using var site = new NewsSite(database);
        using (NewsContext context = site.Open())
        {
            context.Add(new Article { Title = "T", Place = new Address { City = "Graz" }, Details = new Details { Source = "apa" } });
            context.SaveChanges();
        }
        string[] changes = site.Changes();
        Assert.HasCount(1, changes);
        StringAssert.StartsWith(changes[0], "Articles I #Id=1 ", StringComparison.Ordinal);
        StringAssert.Contains(changes[0], "Place_City new=Graz", StringComparison.Ordinal);
        StringAssert.Contains(changes[0], "Details.Source new=apa", StringComparison.Ordinal);
        Assert.DoesNotContain(" old=", changes[0]);
    }

    [TestMethod]
    public void OneTableOfAHierarchyTellsTheType()
    {
        using var site = new NewsSite(database);
        using (NewsContext context = site.Open())
        {
            context.Add(new Picture { File = "a.png", Width = 640 });
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Media I #Id=1 Discriminator new=Picture File new=a.png Width new=640" }, site.Changes());
    }

    [TestMethod]
    public void EachChangedTableOfAHierarchyIsARecord()
    {
        using var site = new NewsSite(database);
        using (NewsContext context = site.Open())
        {
            var payment = new CardPayment { Cents = 100, Holder = "Anna" };
            context.Add(payment);
            context.SaveChanges();
            payment.Holder = "Berta";
            context.SaveChanges();
        }
        CollectionAssert.AreEquivalent(
            new[]
            {
                "Payments I #Id=1 Cents new=100", "CardPayments I #Id=1 Holder new=Anna", "CardPayments U #Id=1 Holder old=Anna Holder new=Berta",
            },
            site.Changes());
    }

    [TestMethod]
    public void TagsAreAddedAndRemovedAsRowsOfTheJoinTable()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T" }, new Tag { Name = "a" }, new Tag { Name = "b" });
        using (NewsContext context = site.Open())
        {
            Article article = context.Articles.Include(a => a.Tags).Single();
            article.Tags.AddRange(context.Tags);
            context.SaveChanges();
            article.Tags.RemoveAt(0);
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(
            new[] { "ArticleTag I #ArticleId=1 #TagsId=1", "ArticleTag I #ArticleId=1 #TagsId=2", "ArticleTag D #ArticleId=1 #TagsId=1" }, site.Changes());
    }

    [TestMethod]
    public void ASaveThatLostAgainstAnotherIsNotRecorded()
    {
        using var site = new NewsSite(database);
        site.Given(new Article { Title = "T" });
        using (NewsContext context = site.Open())
        {
            Article article = context.Articles.Single();
            context.Database.ExecuteSqlRaw("UPDATE \"Articles\" SET \"Version\" = 5");
            article.Title = "U";
            Assert.ThrowsExactly<DbUpdateConcurrencyException>(() => context.SaveChanges());
            context.ChangeTracker.Clear();
            context.Articles.Single().Title = "V";
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(
            new[] { "Articles U Rows=1 Query=UPDATE \"Articles\" SET \"Version\" = ?", "Articles U #Id=1 Title old=T Title new=V" }, site.Changes());
    }

    [TestMethod]
    public void NothingToSaveIsNothingToRecord()
    {
        using var site = new NewsSite(database);
        using NewsContext context = site.Open();
        Assert.AreEqual(0, context.SaveChanges());
        Assert.IsEmpty(site.Changes());
    }

    [TestMethod]
    public void ExcludedEntitiesAreNotRecorded()
    {
        using var site = new NewsSite(database);
        using (NewsContext context = site.Open())
        {
            context.Add(new Scratch { Text = "x" });
            context.SaveChanges();
        }
        Assert.IsEmpty(site.Changes());
    }

    [TestMethod]
    public void IfOnlyMarkedEntitiesAreAuditedTheOthersAreNot()
    {
        using var site = new NewsSite(database, configure: options => options.OnlyMarked = true);
        using (NewsContext context = site.Open())
        {
            context.Add(new Tag { Name = "x" });
            context.Add(new Patient { Name = "Anna" });
            context.SaveChanges();
        }
        CollectionAssert.AreEqual(new[] { "Patients I #Id=1 Name new=Anna" }, site.Changes());
    }

    [TestMethod]
    public void TheRecordSaysWhoWhereAndWhen()
    {
        using var site = new NewsSite(database);
        using (AuditContext.Use(new("editor", "16"), "10.0.0.7"))
        using (NewsContext context = site.Open())
        {
            context.Add(new Tag { Name = "x" });
            context.SaveChanges();
        }
        StringAssert.StartsWith(site.Site.Read("change.log"), "[ May 23 2007 14:47:58 ] [10.0.0.7] [editor:16]\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ChangesAreDetectedOnce()
    {
        using var site = new NewsSite(database);
        site.Given(new Tag { Name = "x" });
        using NewsContext context = site.Open();
        context.Tags.Single().Name = "y";
        int detected = 0;
        context.ChangeTracker.DetectingAllChanges += (_, _) => detected++;
        context.SaveChanges();
        Assert.AreEqual(1, detected);
        Assert.HasCount(1, site.Changes());
    }
}
