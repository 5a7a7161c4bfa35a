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
}
