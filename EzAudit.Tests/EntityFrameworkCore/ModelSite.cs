using EzAudit.Tests.EntityFrameworkCore.Databases;
using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>A site whose settings record changes, and a database with the test's own model.</summary>
internal sealed class ModelSite<TContext> : IDisposable where TContext : DbContext
{
    private readonly Func<DbContextOptions<TContext>, TContext> _create;
    private readonly Action<DbContextOptionsBuilder<TContext>>? _more;

    public ModelSite(
        DatabaseKind database, Func<DbContextOptions<TContext>, TContext> create, Action<DbContextOptionsBuilder<TContext>>? more = null,
        string settings = NewsSite.Settings)
    {
        (_create, _more) = (create, more);
        Site = new AuditSite(settings);
        Database = TestDatabase.Create(database, Site.Root);
        using TContext context = Open();
        context.Database.EnsureCreated();
    }

    public AuditSite Site { get; }

    public TestDatabase Database { get; }

    public DbContextOptionsBuilder<TContext> Options(DbContextOptionsBuilder<TContext> builder)
    {
        Database.Use(builder);
        builder.UseEzAudit(options => options.Writer = Site.Writer);
        _more?.Invoke(builder);
        return builder;
    }

    public TContext Open() => _create(Options(new DbContextOptionsBuilder<TContext>()).Options);

    /// <summary>Runs code with a new context.</summary>
    public void Do(Action<TContext> work)
    {
        using TContext context = Open();
        work(context);
    }

    /// <summary>Makes a change in a new context, saves it, and returns its records.</summary>
    public string[] Save(Action<TContext> change)
    {
        int before = Changes().Length;
        Do(context =>
        {
            change(context);
            context.SaveChanges();
        });
        return Changes()[before..];
    }

    public string[] Changes() => Site.Has("change.log")
        ? [.. Site.Records("change.log").Select(record => string.Join(' ', NewsSite.FieldsOf(record).Select(field => field.Name is "Table" or "SIDU" ? field.Value : $"{field.Name}={field.Value}")))]
        : [];

    public void Dispose()
    {
        Database.Dispose();
        Site.Dispose();
    }
}
