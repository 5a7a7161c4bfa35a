using EzAudit.PostgreSql;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Npgsql;

namespace EzAudit.Tests.PostgreSql;

/// <summary>A new database on the server of this test run, with a store, a role that writes and one that reads.</summary>
internal sealed class StoreDatabase : IDisposable
{
    private readonly PostgreSqlServer _server = PostgreSqlServer.OfThisRun;

    public StoreDatabase(bool isInitialized = true)
    {
        Owner = _server.CreateDatabase();
        string database = new NpgsqlConnectionStringBuilder(Owner).Database!;
        Writer = As(database + "_writer");
        Reader = As(database + "_reader");
        Execute($"CREATE ROLE {database}_writer LOGIN; CREATE ROLE {database}_reader LOGIN");
        if (!isInitialized) return;
        Initialize();
        Execute($"GRANT ezaudit_writer TO {database}_writer; GRANT ezaudit_reader TO {database}_reader");
    }

    public string Owner { get; }

    public string Writer { get; }

    public string Reader { get; }

    public string WriterRole => new NpgsqlConnectionStringBuilder(Writer).Username!;

    /// <summary>The place as messages name it.</summary>
    public string Place
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder(Owner);
            return $"{builder.Host}/{builder.Database}";
        }
    }

    public void Initialize()
    {
        var store = new AuditStore(Owner);
        try
        {
            store.InitializeAsync().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public void Execute(string sql, string? connectionString = null) => Query<object?>(sql, connectionString);

    /// <summary>The first column of all rows.</summary>
    public List<T> Query<T>(string sql, string? connectionString = null)
    {
        using var connection = new NpgsqlConnection((connectionString ?? Owner) + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using NpgsqlDataReader reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read()) values.Add(reader.IsDBNull(0) ? default! : reader.GetFieldValue<T>(0));
        return values;
    }

    public T Scalar<T>(string sql, string? connectionString = null) => Query<T>(sql, connectionString).Single();

    public void Dispose()
    {
        _server.DropDatabase(Owner);
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Owner) { Database = "postgres", Pooling = false }.ConnectionString);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"DROP ROLE {WriterRole}; DROP ROLE {new NpgsqlConnectionStringBuilder(Reader).Username}";
        command.ExecuteNonQuery();
    }

    private string As(string role) => new NpgsqlConnectionStringBuilder(Owner) { Username = role }.ConnectionString;
}
