using System.Data.Common;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.Records;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>A site whose settings record changes and reads, and a database.</summary>
internal sealed class NewsSite : IDisposable
{
    public const string Settings = """
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[record-insert]=change.log
        AuditFileNames[record-update]=change.log
        AuditFileNames[record-delete]=change.log
        AuditFileNames[record-select]=read.log

        """;

    private readonly Action<AuditEntityOptions>? _configure;

    public NewsSite(DatabaseKind database, string settings = Settings, Action<AuditEntityOptions>? configure = null)
    {
        Site = new AuditSite(settings);
        _configure = configure;
        Database = TestDatabase.Create(database, Site.Root);
        using NewsContext context = Open();
        context.Database.EnsureCreated();
    }

    /// <summary>A site whose changes are recorded with or without an outbox.</summary>
    public static NewsSite With(DatabaseKind database, bool outbox) => new(database, configure: options => options.Outbox = outbox);

    public AuditSite Site { get; }

    public TestDatabase Database { get; }

    /// <param name="more">Configures the options after UseEzAudit.</param>
    /// <param name="before">Configures the options before UseEzAudit.</param>
    public DbContextOptions<NewsContext> Options(
        Action<DbContextOptionsBuilder<NewsContext>>? more = null, Action<DbContextOptionsBuilder<NewsContext>>? before = null)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        Database.Use(builder);
        before?.Invoke(builder);
        builder.UseEzAudit(options =>
        {
            options.Writer = Site.Writer;
            _configure?.Invoke(options);
        });
        more?.Invoke(builder);
        return builder.Options;
    }

    public NewsContext Open(Action<DbContextOptionsBuilder<NewsContext>>? more = null) => new(Options(more));

    /// <summary>A context with an interceptor of the application, before or after UseEzAudit.</summary>
    public NewsContext OpenWith(IInterceptor interceptor, bool isBefore)
    {
        void Add(DbContextOptionsBuilder<NewsContext> builder) => builder.AddInterceptors(interceptor);
        return new NewsContext(isBefore ? Options(before: Add) : Options(Add));
    }

    /// <summary>The names of the tags in the database and in the records, which must be the same.</summary>
    public string[] RecordedTags()
    {
        string[] recorded = Site.Has("change.log") ? [.. Site.Records("change.log").Select(record => record["Name new"]).OfType<string>()] : [];
        using NewsContext context = Open();
        CollectionAssert.AreEquivalent(context.Tags.Select(tag => tag.Name).ToArray(), recorded, "Rows and records differ.");
        return recorded;
    }

    public DbConnection Connect() => Database.Connect();

    /// <summary>Adds rows that the test starts with, and discards their records.</summary>
    public void Given(params object[] entities)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        Database.Use(builder);
        using var context = new NewsContext(builder.Options);
        context.AddRange(entities);
        context.SaveChanges();
    }

    /// <summary>The records as <c>I Articles #Id=1 Title new=...</c>, without the names of the fields for table and kind.</summary>
    public string[] Changes(string file = "change.log") => Site.Has(file) ? [.. Site.Records(file).Select(Text)] : [];

    public void Dispose()
    {
        Database.Dispose();
        Site.Dispose();
    }

    /// <summary>A record's own fields, without the function name that the last line has in a file of several functions.</summary>
    public static AuditField[] FieldsOf(AuditRecord record) => [.. record.Fields.Where(field => field.Name != "Audit function")];

    private static string Text(AuditRecord record) =>
        string.Join(' ', FieldsOf(record).Select(field => field.Name is "Table" or "SIDU" ? field.Value : $"{field.Name}={field.Value}"));
}
