using EzAudit.EntityFrameworkCore;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore.Changes;

/// <summary>Complex properties that may be null, and complex collections.</summary>
public abstract class ComplexTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : ComplexTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : ComplexTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public void AnInsertHasEachElement()
    {
        using ModelSite<OrderContext> site = Site();
        string change = site.Save(context => context.Add(new Order { Items = [new Item { Name = "a" }, new Item { Name = "b", Count = 2 }] })).Single();
        StringAssert.StartsWith(change, "Orders I #Id=1 ", StringComparison.Ordinal);
        StringAssert.Contains(change, "Items[1].Count new=1 Items[1].Inner.Size new=[null] Items[1].Name new=a", StringComparison.Ordinal);
        StringAssert.Contains(change, "Items[2].Count new=2 Items[2].Inner.Size new=[null] Items[2].Name new=b", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ADeleteHasEachElementAsItWas()
    {
        using ModelSite<OrderContext> site = Given("a", "b");
        string change = site.Save(context =>
        {
            Order order = context.Orders.Single();
            order.Items[0].Name = "never saved";
            context.Remove(order);
        }).Single();
        StringAssert.StartsWith(change, "Orders D #Id=1 ", StringComparison.Ordinal);
        StringAssert.Contains(change, "Items[1].Name old=a", StringComparison.Ordinal);
        StringAssert.Contains(change, "Items[2].Name old=b", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AChangedElementIsRecordedByWhatChanged() =>
        AssertChange(order => order.Items[1].Name = "x", "Items[2].Name old=b Items[2].Name new=x");

    [TestMethod]
    public void AnAddedElementIsRecorded() => AssertChange(
        order => order.Items.Add(new Item { Name = "d", Count = 4 }),
        "Items[4].Count old=[null] Items[4].Count new=4 Items[4].Name old=[null] Items[4].Name new=d");

    [TestMethod]
    public void ElementsThatMoveUpAreNotChanged() => AssertChange(
        order => order.Items.RemoveAt(0), "Items[1].Count old=1 Items[1].Count new=[null] Items[1].Name old=a Items[1].Name new=[null]");

    [TestMethod]
    public void ElementsThatMoveUpInAListThatWasReplacedAreNotChanged() => AssertChange(
        order => order.Items = [new Item { Name = "b" }, new Item { Name = "c" }],
        "Items[1].Count old=1 Items[1].Count new=[null] Items[1].Name old=a Items[1].Name new=[null]");

    [TestMethod]
    public void AnElementThatMovedAndChangedIsNamedByBothPlaces() => AssertChange(
        order =>
        {
            order.Items.RemoveAt(0);
            order.Items[1].Name = "x";
        },
        "Items[1].Count old=1 Items[1].Count new=[null] Items[1].Name old=a Items[1].Name new=[null] Items[3->2].Name old=c Items[3->2].Name new=x");

    [TestMethod]
    public void AnotherOrderIsRecorded() => AssertChange(order => order.Items.Reverse(), "Items order old=1, 2, 3 Items order new=3, 2, 1");

    [TestMethod]
    public void AListInAnElementIsRecorded()
    {
        using ModelSite<OrderContext> site = Given("a");
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Notes[1].Text old=[null] Items[1].Notes[1].Text new=n" },
            site.Save(context => context.Orders.Single().Items[0].Notes.Add(new Note { Text = "n" })));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Notes[1].Text old=n Items[1].Notes[1].Text new=m" },
            site.Save(context => context.Orders.Single().Items[0].Notes[0].Text = "m"));
    }

    [TestMethod]
    public void AnOptionalPartOfAnElementIsNullAndNotItsDefault()
    {
        using ModelSite<OrderContext> site = Given("a");
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Inner.Size old=[null] Items[1].Inner.Size new=0" },
            site.Save(context => context.Orders.Single().Items[0].Inner = new Inner()));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Inner.Size old=0 Items[1].Inner.Size new=[null]" },
            site.Save(context => context.Orders.Single().Items[0].Inner = null));
    }

    [TestMethod]
    public void SecretsInElementsAreRedactedAndStillToldApart()
    {
        using ModelSite<OrderContext> site = Given("a");
        site.Save(context => context.Orders.Single().Items[0].Code = "s3kr1t-1");
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Code old=[redacted] Items[1].Code new=[redacted]" },
            site.Save(context => context.Orders.Single().Items[0].Code = "s3kr1t-2"));
        Assert.IsEmpty(site.Save(context => context.Update(context.Orders.Single())));
        Assert.DoesNotContain("s3kr1t", site.Site.Read("change.log"));
    }

    [TestMethod]
    public void AnOptionalComplexPropertyThatIsNullHasNoDefaults()
    {
        using ModelSite<OrderContext> site = Site();
        StringAssert.Contains(site.Save(context => context.Add(new Order())).Single(), "Home_Floor new=[null]", StringComparison.Ordinal);
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Home_Floor old=[null] Home_Floor new=0" }, site.Save(context => context.Orders.Single().Home = new Home()));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Home_Floor old=0 Home_Floor new=3" }, site.Save(context => context.Orders.Single().Home!.Floor = 3));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Home_Floor old=3 Home_Floor new=[null]" }, site.Save(context => context.Orders.Single().Home = null));
        StringAssert.Contains(site.Save(context => context.Remove(context.Orders.Single())).Single(), "Home_Floor old=[null]", StringComparison.Ordinal);
    }

    [TestMethod]
    public void APartWithoutAnyValueIsStillAPart()
    {
        using ModelSite<OrderContext> site = Given("a");
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Profile old=[null] Profile new={}" }, site.Save(context => context.Orders.Single().Profile = new Profile()));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Profile old={} Profile new=[null]" }, site.Save(context => context.Orders.Single().Profile = null));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Profile.Name old=[null] Profile.Name new=x" },
            site.Save(context => context.Orders.Single().Profile = new Profile { Name = "x" }));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Profile.Name old=x Profile.Name new=[null]" },
            site.Save(context => context.Orders.Single().Profile = new Profile()));
    }

    [TestMethod]
    public void AnElementWithoutAnyValueIsStillAnElement()
    {
        using ModelSite<OrderContext> site = Given("a");
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Notes[1] old=[null] Items[1].Notes[1] new={}" },
            site.Save(context => context.Orders.Single().Items[0].Notes.Add(new Note())));
        CollectionAssert.AreEqual(
            new[] { "Orders U #Id=1 Items[1].Notes[1] old={} Items[1].Notes[1] new=[null]" },
            site.Save(context => context.Orders.Single().Items[0].Notes.Clear()));
    }

    [TestMethod]
    public void AnAttributeOnAComplexPropertyAppliesToAllOfIt()
    {
        using ModelSite<OrderContext> site = Site();
        string change = site.Save(context => context.Add(new Order { Hidden = { Floor = 77 }, LeftOut = { Floor = 77 } })).Single();
        StringAssert.Contains(change, "Hidden_Floor new=[redacted]", StringComparison.Ordinal);
        Assert.DoesNotContain("LeftOut", change);
    }

    private void AssertChange(Action<Order> change, string expected)
    {
        using ModelSite<OrderContext> site = Given("a", "b", "c");
        CollectionAssert.AreEqual(new[] { "Orders U #Id=1 " + expected }, site.Save(context => change(context.Orders.Single())));
    }

    private ModelSite<OrderContext> Given(params string[] names)
    {
        ModelSite<OrderContext> site = Site();
        site.Save(context => context.Add(new Order { Items = [.. names.Select(name => new Item { Name = name })] }));
        return site;
    }

    private ModelSite<OrderContext> Site() => new(database, options => new OrderContext(options));

    internal sealed class OrderContext(DbContextOptions<OrderContext> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>(order =>
        {
            order.ComplexProperty(o => o.Home);
            order.ComplexProperty(o => o.Profile, profile => profile.ToJson());
            order.ComplexProperty(o => o.Hidden);
            order.ComplexProperty(o => o.LeftOut);
            order.ComplexCollection(o => o.Items, items =>
            {
                items.ToJson();
                items.ComplexProperty(i => i.Inner);
                items.ComplexCollection(i => i.Notes);
            });
        });
    }

    internal sealed class Order
    {
        public int Id { get; set; }

        public Home? Home { get; set; }

        public Profile? Profile { get; set; }

        [AuditSensitive]
        public Home Hidden { get; set; } = new();

        [NotAudited]
        public Home LeftOut { get; set; } = new();

        public List<Item> Items { get; set; } = [];
    }

    internal sealed class Home
    {
        public int Floor { get; set; }
    }

    internal sealed class Item
    {
        public string Name { get; set; } = "";

        public int Count { get; set; } = 1;

        [AuditSensitive]
        public string? Code { get; set; }

        public Inner? Inner { get; set; }

        public List<Note> Notes { get; set; } = [];
    }

    internal sealed class Inner
    {
        public int Size { get; set; }
    }

    internal sealed class Note
    {
        public string? Text { get; set; }
    }

    internal sealed class Profile
    {
        public string? Name { get; set; }
    }
}
