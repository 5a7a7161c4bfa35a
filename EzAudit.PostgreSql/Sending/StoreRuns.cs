using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Text;
using Npgsql;

namespace EzAudit.PostgreSql.Sending;

/// <summary>The numbers that runs have in the store, as far as a connection has asked for them. Not thread-safe.</summary>
internal sealed class StoreRuns(NpgsqlConnection connection)
{
    private readonly Dictionary<(string Origin, string Run), (int Number, string? Refusal)> _found = [];

    public int Count => _found.Count;

    /// <summary>The number of a run that was asked for, or why the store refuses it.</summary>
    public (int Number, string? Refusal) Of(AuditRecordId id) => _found[(id.Origin, id.Run)];

    public void Clear() => _found.Clear();

    /// <summary>Asks for the runs of some records; the store learns of those that are new.</summary>
    public async ValueTask FindAsync(IEnumerable<AuditEnvelope> records, CancellationToken cancellationToken)
    {
        var unknown = new HashSet<(string Origin, string Run)>();
        foreach (AuditEnvelope record in records)
        {
            (string, string) run = (record.Id.Origin, record.Id.Run);
            if (!_found.ContainsKey(run)) unknown.Add(run);
        }
        if (unknown.Count == 0) return;
        // In one order for all connections, which otherwise would wait for one another for ever.
        (string Origin, string Run)[] runs = [.. unknown.OrderBy(run => run.Origin, StringComparer.Ordinal).ThenBy(run => run.Run, StringComparer.Ordinal)];
        try
        {
            await OpenAsync(runs, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure) when (StoreFailure.IsRefusal(failure))
        {
            foreach ((string Origin, string Run) run in runs) await OpenOneAsync(run, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask OpenOneAsync((string Origin, string Run) run, CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync([run], cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure) when (StoreFailure.IsRefusal(failure))
        {
            _found[run] = (0, $"{failure.MessageText} ({failure.SqlState}).");
        }
    }

    private async ValueTask OpenAsync((string Origin, string Run)[] runs, CancellationToken cancellationToken)
    {
        string[][] parts = [.. runs.Select(run => run.Origin.Split('/', 3))];
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "SELECT ezaudit.open_run(u.origin, u.run, u.host, u.application, u.instance) FROM unnest($1, $2, $3, $4, $5) u(origin, run, host, application, instance)";
            Add(command, runs.Select(run => run.Origin));
            Add(command, runs.Select(run => run.Run));
            for (int part = 0; part < 3; part++) Add(command, parts.Select(origin => origin.ElementAtOrDefault(part) ?? ""));
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                for (int i = 0; await reader.ReadAsync(cancellationToken).ConfigureAwait(false); i++) _found[runs[i]] = (reader.GetInt32(0), null);
            }
        }
    }

    private static void Add(NpgsqlCommand command, IEnumerable<string> texts) =>
        command.Parameters.Add(new NpgsqlParameter { Value = texts.Select(StoreText.Encode).ToArray() });
}
