using EzAudit.EntityFrameworkCore;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore.Changes;

/// <summary>Rows with secret keys: each has its own record, and everything that repeats the key is secret too.</summary>
public abstract class RowIdentityTests(DatabaseKind database)
{
    private const string Secret = "s3kr1t";

    [TestClass]
    public sealed class OnSqlite() : RowIdentityTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : RowIdentityTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public void RowsWithSecretKeysAreRecordsOfTheirOwn()
    {
        using ModelSite<KeyContext> site = Site();
        string[] changes = site.Save(context => context.AddRange(Planted(1), Planted(2)));
        string[] holders = [.. changes.Where(change => change.StartsWith("Holders I #Number=[redacted] ", StringComparison.Ordinal))];
        Assert.HasCount(2, holders);
        for (int n = 1; n <= 2; n++)
        {
            string own = holders.Single(change => change.Contains($"Kind new=k{n}", StringComparison.Ordinal));
            foreach (string part in new[] { $"Home_City new=c{n}", $"Details.Source new=s{n}", $"Links[1].Url new=u{n}" }) StringAssert.Contains(own, part, StringComparison.Ordinal);
        }
        Assert.HasCount(2, site.Save(context => context.RemoveRange(context.Set<Holder>())).Where(change => change.StartsWith("Holders D", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void WhatRepeatsASecretKeyIsSecret()
    {
        using ModelSite<KeyContext> site = Site();
        site.Save(context =>
        {
            Holder one = Planted(1);
            one.Parts.Add(new Part());
            one.Groups.Add(new Group { Name = "g" });
            one.Notes.Add(new Note { Text = "n" });
            context.AddRange(one, new Special { Id = Secret + 3, More = "m", Base = "b" }, new Split { Id = Secret + 4, First = "f", Second = "s" });
            context.Add(new Reference { Holder = one });
        });
        site.Save(context => context.Set<Holder>().Include(holder => holder.Parts).Include(holder => holder.Groups).Include(holder => holder.Notes)
            .Single().Groups.Clear());
        site.Save(context => context.RemoveRange(context.Set<Part>().ToList()));
        string log = site.Site.Read("change.log");
        Assert.DoesNotContain(Secret, log);
        foreach (string field in new[] { "HolderNumber new: ", "#HoldersNumber: ", "HolderCode new: ", "#Id: " })
            StringAssert.Contains(log, field + "[redacted]\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ADependentsOwnAttributeCounts()
    {
        using ModelSite<KeyContext> site = Site();
        string change = site.Save(context => context.Add(new Shown { Id = 1, Owner = new Vault { Number = "v1" } }))
            .Single(record => record.StartsWith("Shown", StringComparison.Ordinal));
        StringAssert.Contains(change, "OwnerNumber new=v1", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ARowThatIsReplacedUnderItsKeyKeepsOldAndNew()
    {
        using ModelSite<KeyContext> site = Site();
        site.Save(context => context.Add(Planted(1)));
        string[] changes = site.Save(context =>
        {
            context.Remove(context.Set<Holder>().Single());
            Holder other = Planted(1);
            other.Kind = "other";
            context.Add(other);
        });
        StringAssert.Contains(string.Join('\n', changes), "Kind old=k1 Kind new=other", StringComparison.Ordinal);
    }

    private static Holder Planted(int n) => new()
    {
        Number = Secret + n, Code = Secret + "c" + n, Kind = "k" + n, Home = new Home { City = "c" + n },
        Details = new Details { Source = "s" + n, Links = [new Link { Url = "u" + n }] },
    };

    private ModelSite<KeyContext> Site() => new(database, options => new KeyContext(options));

    internal sealed class KeyContext(DbContextOptions<KeyContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Holder>(holder =>
            {
                holder.ToTable("Holders").HasKey(h => h.Number);
                holder.HasAlternateKey(h => h.Code);
                holder.Property(h => h.Code).IsAudited(false);
                holder.OwnsOne(h => h.Home);
                holder.OwnsOne(h => h.Details, details =>
                {
                    details.ToJson();
                    details.OwnsMany(d => d.Links);
                });
                holder.OwnsMany(h => h.Notes, notes => notes.HasKey("Id"));
                holder.HasMany(h => h.Parts).WithOne().HasForeignKey("HolderNumber");
                holder.HasMany(h => h.Groups).WithMany("Holders");
            });
            modelBuilder.Entity<Reference>().HasOne(r => r.Holder).WithMany().HasForeignKey("HolderCode").HasPrincipalKey(h => h.Code);
            modelBuilder.Entity<Root>().UseTptMappingStrategy().Property(r => r.Id).IsAuditSensitive();
            modelBuilder.Entity<Special>().ToTable("Specials");
            modelBuilder.Entity<Split>().ToTable("Splits").SplitToTable("SplitRests", rest => rest.Property(s => s.Second));
            modelBuilder.Entity<Split>().Property(s => s.Id).IsAuditSensitive();
            modelBuilder.Entity<Vault>().HasKey(v => v.Number);
            modelBuilder.Entity<Shown>().HasOne(s => s.Owner).WithMany().HasForeignKey("OwnerNumber");
            modelBuilder.Entity<Shown>().Property<string>("OwnerNumber").IsAuditSensitive(false);
        }
    }

    internal sealed class Holder
    {
        [AuditSensitive]
        public string Number { get; set; } = "";

        [AuditSensitive]
        public string Code { get; set; } = "";

        public string Kind { get; set; } = "";

        public Home? Home { get; set; }

        public Details? Details { get; set; }

        public List<Note> Notes { get; set; } = [];

        public List<Part> Parts { get; set; } = [];

        public List<Group> Groups { get; set; } = [];
    }

    internal sealed class Home
    {
        public string City { get; set; } = "";
    }

    internal sealed class Details
    {
        public string Source { get; set; } = "";

        public List<Link> Links { get; set; } = [];
    }

    internal sealed class Link
    {
        public string Url { get; set; } = "";
    }

    internal sealed class Note
    {
        public string Text { get; set; } = "";
    }

    internal sealed class Part
    {
        public int Id { get; set; }
    }

    internal sealed class Group
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";

        public List<Holder> Holders { get; set; } = [];
    }

    internal sealed class Reference
    {
        public int Id { get; set; }

        public Holder? Holder { get; set; }
    }

    internal class Root
    {
        public string Id { get; set; } = "";

        public string Base { get; set; } = "";
    }

    internal sealed class Special : Root
    {
        public string More { get; set; } = "";
    }

    internal sealed class Split
    {
        public string Id { get; set; } = "";

        public string First { get; set; } = "";

        public string Second { get; set; } = "";
    }

    internal sealed class Vault
    {
        [AuditSensitive]
        public string Number { get; set; } = "";
    }

    internal sealed class Shown
    {
        public int Id { get; set; }

        public Vault? Owner { get; set; }
    }
}
