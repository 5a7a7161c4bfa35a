using EzAudit.EntityFrameworkCore;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>A site whose settings write changes and reads, and a database of SQLite in a file.</summary>
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

    private readonly string _connection;
    private readonly Action<AuditEntityOptions>? _configure;

    public NewsSite(string settings = Settings, Action<AuditEntityOptions>? configure = null)
    {
        Site = new AuditSite(settings);
        _configure = configure;
        _connection = $"Data Source={Site.Root["news.db"]};Pooling=False";
        using NewsContext context = Open();
        context.Database.EnsureCreated();
    }

    public AuditSite Site { get; }

    public DbContextOptions<NewsContext> Options(Action<DbContextOptionsBuilder<NewsContext>>? more = null)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        builder.UseSqlite(_connection);
        builder.UseEzAudit(options =>
        {
            options.Writer = Site.Writer;
            _configure?.Invoke(options);
        });
        more?.Invoke(builder);
        return builder.Options;
    }

    public NewsContext Open(Action<DbContextOptionsBuilder<NewsContext>>? more = null) => new(Options(more));

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    /// <summary>Adds something that is no matter of the test, and forgets its records.</summary>
    public void Given(params object[] entities)
    {
        using (NewsContext context = new(new DbContextOptionsBuilder<NewsContext>().UseSqlite(_connection).Options))
        {
            context.AddRange(entities);
            context.SaveChanges();
        }
    }

    /// <summary>The records as <c>I Articles #Id=1 Title new=...</c>, without the table's and the kind's names.</summary>
    public string[] Changes(string file = "change.log") => Site.Has(file) ? [.. Site.Records(file).Select(Text)] : [];

    public void Dispose() => Site.Dispose();

    private static string Text(AuditRecord record) =>
        string.Join(' ', record.Fields.Select(field => field.Name is "Table" or "SIDU" ? field.Value : $"{field.Name}={field.Value}"));
}
