using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore.Changes;

/// <summary>Old values are recorded if EF read or wrote them; no save fails because they are missing.</summary>
public abstract class UnreadTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : UnreadTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : UnreadTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public void AnUpdateOfWhatWasReadHasOnlyWhatChanged()
    {
        using ModelSite<ShopContext> site = Given(new Product { Name = "a", Labels = ["x"] });
        CollectionAssert.AreEqual(
            new[] { "Products U #Id=1 Name old=a Name new=b" },
            site.Save(context =>
            {
                Product product = context.Products.Single();
                product.Name = "b";
                context.Update(product);
            }));
        Assert.IsEmpty(site.Save(context => context.Update(context.Products.Single())));
    }

    [TestMethod]
    public void AValueChangedInPlaceIsRecordedAlthoughItsOldValueIsGone()
    {
        using ModelSite<ShopContext> site = Given(new Product { Name = "a", Photo = [1, 2] });
        CollectionAssert.AreEqual(
            new[] { "Products U #Id=1 Photo old=[unknown] Photo new=0x0902" },
            site.Save(context =>
            {
                Product product = context.Products.Single();
                product.Photo![0] = 9;
                context.Update(product);
            }));
    }

    [TestMethod]
    public void ARemovedStubHasNoOldValues()
    {
        using ModelSite<ShopContext> site = Given(new Product { Name = "a", Cents = 7 });
        CollectionAssert.AreEqual(
            new[] { "Products D #Id=1 Cents old=[unknown] Labels old=[unknown] Name old=[unknown] Photo old=[unknown]" },
            site.Save(context => context.Remove(new Product { Id = 1 })));
    }

    [TestMethod]
    public void AnAttachedStubHasNoOldValueOfWhatIsChanged()
    {
        using ModelSite<ShopContext> site = Given(new Product { Name = "a" });
        CollectionAssert.AreEqual(
            new[] { "Products U #Id=1 Name old=[unknown] Name new=b" },
            site.Save(context =>
            {
                var stub = new Product { Id = 1 };
                context.Attach(stub);
                stub.Name = "b";
            }));
    }

    [TestMethod]
    public void ReattachedUntrackedValuesAreTakenAsOldValues()
    {
        using ModelSite<ShopContext> site = Given(new Product { Name = "a" });
        string change = site.Save(context =>
        {
            Product product = context.Products.AsNoTracking().Single();
            product.Name = "b";
            context.Update(product);
        }).Single();
        StringAssert.Contains(change, "Name old=[unknown] Name new=b", StringComparison.Ordinal);
    }

    [TestMethod]
    public void RowsInsertedByTheContextHaveKnownValues()
    {
        using ModelSite<ShopContext> site = Site();
        site.Do(context =>
        {
            var product = new Product { Name = "a" };
            context.Add(product);
            context.SaveChanges();
            product.Name = "b";
            context.Update(product);
            context.SaveChanges();
            context.Remove(product);
            context.SaveChanges();
        });
        Assert.AreEqual("Products U #Id=1 Name old=a Name new=b", site.Changes()[1]);
        StringAssert.Contains(site.Changes()[2], "Name old=b", StringComparison.Ordinal);
    }

    [TestMethod]
    public void RowsWrittenInFullByTheContextHaveKnownValues()
    {
        using ModelSite<ShopContext> site = Given(new Product { Name = "a" });
        site.Do(context =>
        {
            var stub = new Product { Id = 1, Name = "b" };
            context.Update(stub);
            context.SaveChanges();
            stub.Name = "c";
            context.SaveChanges();
        });
        Assert.AreEqual("Products U #Id=1 Name old=b Name new=c", site.Changes()[^1]);
    }

    [TestMethod]
    public void AConcurrencyTokenThatMatchedIsKnown()
    {
        using ModelSite<ShopContext> site = Site();
        site.Save(context => context.Add(new Stamped { Stamp = "1", Text = "t" }));
        CollectionAssert.AreEqual(
            new[] { "Stamped D #Id=1 Stamp old=1 Text old=[unknown]" }, site.Save(context => context.Remove(new Stamped { Id = 1, Stamp = "1" })));
    }

    [TestMethod]
    [DataRow(ChangeTrackingStrategy.Snapshot)]
    [DataRow(ChangeTrackingStrategy.ChangedNotifications)]
    [DataRow(ChangeTrackingStrategy.ChangingAndChangedNotifications)]
    [DataRow(ChangeTrackingStrategy.ChangingAndChangedNotificationsWithOriginalValues)]
    public void EveryStrategyOfChangeTrackingIsRecorded(ChangeTrackingStrategy strategy)
    {
        using ModelSite<NotifyingContext> site = new(
            database, options => new NotifyingContext(options, strategy),
            builder => builder.EnableServiceProviderCaching(false));
        CollectionAssert.AreEqual(new[] { "Notifying I #Id=1 Count new=0 Name new=a" }, site.Save(context => context.Add(new Notifying { Name = "a" })));
        string old = strategy == ChangeTrackingStrategy.ChangingAndChangedNotifications ? "" : "Name old=a ";
        CollectionAssert.AreEqual(
            new[] { $"Notifying U #Id=1 {old}Name new=b" }, site.Save(context => context.Set<Notifying>().Single().Name = "b"));
        CollectionAssert.AreEqual(
            new[] { "Notifying D #Id=1 Count old=0 Name old=b" }, site.Save(context => context.Remove(context.Set<Notifying>().Single())));
    }

    [TestMethod]
    public void ProxiesThatTrackChangesAreRecorded()
    {
        using ModelSite<ProxyContext> site = new(database, options => new ProxyContext(options), builder => builder.UseChangeTrackingProxies());
        site.Save(context => context.Add(context.CreateProxy<Proxied>(proxied => proxied.Name = "a")));
        CollectionAssert.AreEqual(new[] { "Proxied U #Id=1 Name new=b" }, site.Save(context => context.Set<Proxied>().Single().Name = "b"));
        CollectionAssert.AreEqual(new[] { "Proxied D #Id=1 Name old=b" }, site.Save(context => context.Remove(context.Set<Proxied>().Single())));
    }

    [TestMethod]
    public void AConverterThatFailsForTheAuditDoesNotFailTheSave()
    {
        using ModelSite<ShopContext> site = Site();
        site.Save(context => context.Add(new Converted { Text = "a" }));
        Converted.Fails = true;
        string[] changes;
        try
        {
            changes = site.Save(context => context.Remove(context.Set<Converted>().Single()));
        }
        finally
        {
            Converted.Fails = false;
        }
        CollectionAssert.AreEqual(new[] { "Converted D #Id=1 Text old=[error: InvalidOperationException]" }, changes);
    }

    private ModelSite<ShopContext> Given(Product product)
    {
        ModelSite<ShopContext> site = Site();
        site.Save(context => context.Add(product));
        return site;
    }

    private ModelSite<ShopContext> Site() => new(database, options => new ShopContext(options));

    internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        public DbSet<Product> Products => Set<Product>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Stamped>();
            modelBuilder.Entity<Converted>().Property(c => c.Text).HasConversion(text => Converted.Store(text), text => text);
        }
    }

    internal sealed class Product
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";

        public int Cents { get; set; }

        public List<string> Labels { get; set; } = [];

        public byte[]? Photo { get; set; }
    }

    internal sealed class Stamped
    {
        public int Id { get; set; }

        [ConcurrencyCheck]
        public string Stamp { get; set; } = "";

        public string Text { get; set; } = "";
    }

    internal sealed class Converted
    {
        [ThreadStatic]
        private static bool _fails;

        public static bool Fails
        {
            get => _fails;
            set => _fails = value;
        }

        public int Id { get; set; }

        public string Text { get; set; } = "";

        public static string Store(string text) => Fails ? throw new InvalidOperationException("no") : text;
    }

    internal sealed class NotifyingContext(DbContextOptions<NotifyingContext> options, ChangeTrackingStrategy strategy) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Notifying>();
            modelBuilder.HasChangeTrackingStrategy(strategy);
        }
    }

    internal sealed class Notifying : INotifyPropertyChanging, INotifyPropertyChanged
    {
        public event PropertyChangingEventHandler? PropertyChanging;

        public event PropertyChangedEventHandler? PropertyChanged;

        public int Id { get; set; }

        public int Count { get; set; }

        public string Name
        {
            get;
            set
            {
                PropertyChanging?.Invoke(this, new PropertyChangingEventArgs(nameof(Name)));
                field = value;
                PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(nameof(Name)));
            }
        } = "";
    }

    public class ProxyContext(DbContextOptions<ProxyContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Proxied>();
    }

    public class Proxied
    {
        public virtual int Id { get; set; }

        public virtual string Name { get; set; } = "";
    }
}
