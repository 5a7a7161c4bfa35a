using System.Diagnostics;
using EzAudit.PostgreSql;

namespace EzAudit.Benchmarks.Store;

/// <summary>Questions to the filled store, asked by EzAudit and beside it by <c>psql</c> in SQL.</summary>
internal sealed class ReadComparison(StoreServer server, StoreOptions options)
{
    // Short questions are repeated until the programs have compiled what they run, and PostgreSQL has planned what it keeps.
    private const int MostRounds = 200;
    private const double WarmUp = 1000;

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
        double spent = 0;
        for (int round = 0; round < MostRounds && (spent < 2 * WarmUp || own.Count < options.Rounds); round++)
        {
            long start = Stopwatch.GetTimestamp();
            found = ask();
            double mine = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            double other = execute();
            spent += mine;
            if (spent < WarmUp && round < MostRounds / 2) continue;
            own.Add(mine);
            others.Add(other);
        }
        (double median, double psql) = (Figures.Median(own), Figures.Median(others));
        table.Add(question.Name, $"{found:N0}", $"{median:0.0}", $"{psql:0.0}", $"{median / psql:0.00}", $"{question.Limit:N0}");
    }
}
