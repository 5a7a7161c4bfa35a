using System.Data.Common;
using EzAudit.EntityFrameworkCore;
using EzAudit.Records;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>A site whose settings write changes and reads, and a database.</summary>
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

    public AuditSite Site { get; }

    public TestDatabase Database { get; }

    public DbContextOptions<NewsContext> Options(Action<DbContextOptionsBuilder<NewsContext>>? more = null)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        Database.Use(builder);
        builder.UseEzAudit(options =>
        {
            options.Writer = Site.Writer;
            _configure?.Invoke(options);
        });
        more?.Invoke(builder);
        return builder.Options;
    }

    public NewsContext Open(Action<DbContextOptionsBuilder<NewsContext>>? more = null) => new(Options(more));

    public DbConnection Connect() => Database.Connect();

    /// <summary>Adds something that is no matter of the test, and forgets its records.</summary>
    public void Given(params object[] entities)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        Database.Use(builder);
        using var context = new NewsContext(builder.Options);
        context.AddRange(entities);
        context.SaveChanges();
    }

    /// <summary>The records as <c>I Articles #Id=1 Title new=...</c>, without the table's and the kind's names.</summary>
    public string[] Changes(string file = "change.log") => Site.Has(file) ? [.. Site.Records(file).Select(Text)] : [];

    public void Dispose()
    {
        Database.Dispose();
        Site.Dispose();
    }

    private static string Text(AuditRecord record) =>
        string.Join(' ', record.Fields.Select(field => field.Name is "Table" or "SIDU" ? field.Value : $"{field.Name}={field.Value}"));
}
