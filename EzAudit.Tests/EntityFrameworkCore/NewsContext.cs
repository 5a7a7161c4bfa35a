using System.ComponentModel.DataAnnotations.Schema;
using EzAudit.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>A model with what EF can map: owned and complex types, JSON, inheritance in one table and in several, joins, converters, row versions.</summary>
internal sealed class NewsContext(DbContextOptions<NewsContext> options) : DbContext(options)
{
    public DbSet<Article> Articles => Set<Article>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Medium> Media => Set<Medium>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Patient> Patients => Set<Patient>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Scratch> Scratches => Set<Scratch>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddAuditOutbox();
        modelBuilder.Entity<Article>(article =>
        {
            article.Property(a => a.State).HasConversion<string>();
            article.Property<string?>("Editor");
            article.Property(a => a.Version).IsConcurrencyToken();
            article.OwnsOne(a => a.Place);
            article.ComplexProperty(a => a.Price);
            article.OwnsOne(a => a.Details, details =>
            {
                details.ToJson();
                details.OwnsMany(d => d.Links);
            });
            article.HasMany(a => a.Tags).WithMany();
        });
        modelBuilder.Entity<Author>().Property(a => a.Pin2).IsAuditSensitive();
        modelBuilder.Entity<Author>().Property(a => a.Draft).IsAudited(false);
        modelBuilder.Entity<Picture>();
        modelBuilder.Entity<Video>();
        modelBuilder.Entity<Payment>().UseTptMappingStrategy();
        modelBuilder.Entity<CardPayment>().ToTable("CardPayments");
        modelBuilder.Entity<Patient>().IsAudited(reads: true);
        modelBuilder.Entity<Membership>().HasKey(m => new { m.GroupId, m.User });
    }

    public enum ArticleState
    {
        Draft,
        Published,
    }

    internal sealed class Article
    {
        public int Id { get; set; }

        public string Title { get; set; } = "";

        public string? Body { get; set; }

        public ArticleState State { get; set; }

        public int Version { get; set; }

        public int? ParentId { get; set; }

        public bool IsHidden { get; set; }

        public bool IsDeleted { get; set; }

        public int SectionId { get; set; }

        public Address? Place { get; set; }

        public Money Price { get; set; } = new();

        public Details? Details { get; set; }

        public List<Tag> Tags { get; set; } = [];
    }

    internal sealed class Address
    {
        public string? City { get; set; }

        public string? Street { get; set; }
    }

    internal sealed class Money
    {
        public decimal Amount { get; set; }

        public string Currency { get; set; } = "EUR";
    }

    internal sealed class Details
    {
        public string? Source { get; set; }

        public List<Link> Links { get; set; } = [];
    }

    internal sealed class Link
    {
        public string? Url { get; set; }
    }

    internal sealed class Tag
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";
    }

    internal sealed class Author
    {
        public Guid Id { get; set; }

        public string Name { get; set; } = "";

        [AuditSensitive]
        public string? Diagnosis { get; set; }

        public string? Pin2 { get; set; }

        public string? Password { get; set; }

        public string? ApiKey { get; set; }

        [NotAudited]
        public string? Notes { get; set; }

        public string? Draft { get; set; }
    }

    internal abstract class Medium
    {
        public int Id { get; set; }

        public string File { get; set; } = "";
    }

    internal sealed class Picture : Medium
    {
        public int Width { get; set; }
    }

    internal sealed class Video : Medium
    {
        public int Seconds { get; set; }
    }

    internal class Payment
    {
        public int Id { get; set; }

        public int Cents { get; set; }
    }

    internal sealed class CardPayment : Payment
    {
        public string Holder { get; set; } = "";
    }

    internal sealed class Patient
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";
    }

    internal sealed class Membership
    {
        public int GroupId { get; set; }

        public string User { get; set; } = "";
    }

    [NotAudited]
    [Table("Scratch")]
    internal sealed class Scratch
    {
        public int Id { get; set; }

        public string Text { get; set; } = "";
    }
}
