using System.Diagnostics;
using System.Globalization;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Benchmarks.Entities;

/// <summary>Changes a hundred rows of its own database, with or without audit, and times SaveChanges.</summary>
internal sealed class Saver : IDisposable
{
    private const int Rows = 100;

    private readonly AuditWriter _writer;
    private readonly CustomerContext _context;
    private readonly Customer[] _customers;
    private readonly string _root;
    private int _round;

    public Saver(string root, SaveContender contender, bool syncs)
    {
        _root = Path.Combine(root, $"{contender}-{syncs}");
        Directory.CreateDirectory(Path.Combine(_root, "settings"));
        File.WriteAllText(
            Path.Combine(_root, "settings", "audit.ini"),
            $"[AuditSettings]\nAudit=enabled\nAuditFileNames[{(contender == SaveContender.Off ? "record-delete" : "record-update")}]=change.log\n[FunctionDefaults]\nDurability=os\n");
        _writer = new AuditWriterBuilder(_root).Build();
        var builder = new DbContextOptionsBuilder<CustomerContext>();
        builder.UseSqlite($"Data Source={Path.Combine(_root, "customers.db")}");
        if (contender == SaveContender.Interceptor) builder.AddInterceptors(new NoInterceptor());
        else if (contender != SaveContender.Without) builder.UseEzAudit(options => (options.Writer, options.Outbox) = (_writer, contender == SaveContender.Outbox));
        _context = new CustomerContext(builder.Options);
        _context.Database.OpenConnection();
        if (!syncs) _context.Database.ExecuteSqlRaw("PRAGMA synchronous = OFF");
        _context.Database.EnsureCreated();
        _customers = [.. Enumerable.Range(1, Rows).Select(Make)];
        _context.AddRange(_customers);
        _context.SaveChanges();
    }

    /// <summary>The number of records in the log.</summary>
    public long Records
    {
        get
        {
            using AuditLogReader log = AuditLogReader.Open(_writer);
            return log.Count(AuditQuery.All);
        }
    }

    public TimeSpan Save()
    {
        _round++;
        foreach (Customer customer in _customers)
        {
            customer.City = _round % 2 == 0 ? "Graz" : "Wien";
            customer.Balance += 1;
        }
        long start = Stopwatch.GetTimestamp();
        _context.SaveChanges();
        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose()
    {
        _context.Dispose();
        _writer.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    private static Customer Make(int number) => new()
    {
        Name = $"Customer {number.ToString(CultureInfo.InvariantCulture)}",
        Street = "Hauptplatz 1",
        City = "Linz",
        Email = $"c{number.ToString(CultureInfo.InvariantCulture)}@example.org",
        Since = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };
}
