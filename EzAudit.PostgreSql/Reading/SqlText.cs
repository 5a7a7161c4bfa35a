using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Reading;

/// <summary>Builds a statement and its parameters.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Adds a parameter; returns its name.</summary>
    public string Parameter(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"${_parameters.Count.ToString(CultureInfo.InvariantCulture)}";
    }

    public string Parameter(object value, NpgsqlDbType type) => Parameter(new NpgsqlParameter { Value = value, NpgsqlDbType = type });

    public string Text(string value) => Parameter(value, NpgsqlDbType.Text);

    public NpgsqlCommand CreateCommand(NpgsqlConnection connection)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = _text.ToString();
        // Long searches are normal; whoever waits for one can cancel it.
        command.CommandTimeout = 0;
        foreach (NpgsqlParameter parameter in _parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>The statement, planned for its values.</summary>
    public NpgsqlBatch CreateBatch(NpgsqlConnection connection)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        batch.Timeout = 0;
        AddTo(batch);
        return batch;
    }

    /// <summary>The statement, prepared on this connection if it was not yet, with one plan for all values; it is the second result.</summary>
    public NpgsqlBatch CreatePrepared(NpgsqlConnection connection)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        batch.Timeout = 0;
        // Until the end of the batch, which is one transaction.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"));
        AddTo(batch);
        batch.Prepare();
        return batch;
    }

    private void AddTo(NpgsqlBatch batch)
    {
        var command = new NpgsqlBatchCommand(_text.ToString());
        foreach (NpgsqlParameter parameter in _parameters) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }
}
