using System.Diagnostics;

namespace EzAudit.Benchmarks.Store;

/// <summary>From a filled spool to committed rows, beside a bare binary COPY of the same rows into the same table.</summary>
internal sealed class InsertComparison(StoreServer server, StoreOptions options)
{
    private const string Ours = "spooled";
    private const string Bare = "bare";
    private const int WarmUp = 20_000;

    // Removes the indexes other than the one that keeps a record from being stored twice.
    private const string OnlyUnique = """
        DROP INDEX ezaudit.audit_record_time, ezaudit.audit_record_function, ezaudit.audit_record_login, ezaudit.audit_record_actor_id,
            ezaudit.audit_record_address, ezaudit.audit_record_xact, ezaudit.audit_record_fields
        """;

    public void Run(StoreTable table)
    {
        Round(WarmUp, sql: null);
        table.Begin($"{options.Inserts:N0} records", "bare COPY, records/s", "spool to committed row", "ratio", "goal");
        Compare(table, "with all indexes of the store", sql: null);
        Compare(table, "with the unique index only", OnlyUnique);
    }

    private void Compare(StoreTable table, string name, string? sql)
    {
        var ours = new List<double>();
        var bare = new List<double>();
        // Alternating, so that other activity on the machine hits both.
        for (int round = 0; round < options.Rounds; round++)
        {
            (double spooled, double copied) = Round(options.Inserts, sql);
            ours.Add(options.Inserts / spooled);
            bare.Add(options.Inserts / copied);
        }
        double ratio = Figures.Median([.. ours.Zip(bare, (own, other) => own / other)]);
        table.Add(name, $"{Figures.Median(bare):N0} ({bare.Min():N0} to {bare.Max():N0})", $"{Figures.Median(ours):N0} ({ours.Min():N0} to {ours.Max():N0})", $"{ratio:0.00}", "0.5");
    }

    private (double Spooled, double Copied) Round(int count, string? sql)
    {
        DirectoryInfo root = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-spooled-{Environment.ProcessId}"));
        try
        {
            var records = new SpooledRecords(root.FullName);
            records.Write(count, "central");
            double spooled = Measure(Ours, sql, records.Send);
            BareCopy rows = BareCopy.Of(server.ConnectionTo(Ours));
            if (rows.Rows != count) throw new InvalidOperationException($"{rows.Rows} of {count} records are in the store.");
            return (spooled, Measure(Bare, sql, rows.Into));
        }
        finally
        {
            root.Delete(recursive: true);
            server.DropStore(Ours);
            server.DropStore(Bare);
        }
    }

    private double Measure(string database, string? sql, Action<string> insert)
    {
        string connection = server.CreateStore(database);
        if (sql is not null) server.Execute(database, sql);
        long start = Stopwatch.GetTimestamp();
        insert(connection);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
