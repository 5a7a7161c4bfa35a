using System.Diagnostics;
using EzAudit.PostgreSql;

namespace EzAudit.Benchmarks.Store;

/// <summary>Questions to the filled store, asked by EzAudit and beside it by <c>psql</c> in SQL.</summary>
internal sealed class ReadComparison(StoreServer server, StoreOptions options)
{
    private const int Repetitions = 4;

    public void Run(StoreTable table)
    {
        long count = (long)server.Scalar(SampleStore.Database, "SELECT count(*) FROM ezaudit.audit_record")!;
        table.Begin($"reading from {count:N0} records in 24 months", "found", "EzAudit, ms", "psql, ms", "ratio", "goal, ms");
        using var reader = new AuditStoreReader(server.ConnectionTo(SampleStore.Database));
        using var psql = new PsqlSession(server, SampleStore.Database);
        foreach ((int number, StoreQuestion question) in StoreQuestion.All.Index())
        {
            string name = $"question{number}";
            psql.Prepare(name, question.Sql);
            Ask(table, question, () => question.Ask(reader), () => psql.Execute(name));
        }
    }

    private void Ask(StoreTable table, StoreQuestion question, Func<long> ask, Func<double> execute)
    {
        var own = new List<double>();
        var others = new List<double>();
        long found = 0;
        // More often than PostgreSQL plans a prepared statement anew; the first round warms the caches.
        for (int round = 0; round <= options.Rounds * Repetitions; round++)
        {
            long start = Stopwatch.GetTimestamp();
            found = ask();
            double own1 = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            double other1 = execute();
            if (round == 0) continue;
            own.Add(own1);
            others.Add(other1);
        }
        double mine = StoreTable.Median(own);
        double other = StoreTable.Median(others);
        table.Add(question.Name, $"{found:N0}", $"{mine:0.0}", $"{other:0.0}", $"{mine / other:0.00}", $"{question.Limit:N0}");
    }
}
