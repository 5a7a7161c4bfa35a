using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EzAudit.Tests.EntityFrameworkCore.Databases;

/// <summary>A new, empty database on the server. Its connections are pooled, as in applications, so the pool hands out used connections.</summary>
internal sealed class PostgreSqlDatabase(PostgreSqlServer server) : TestDatabase(server.CreateDatabase())
{
    public override void Use(DbContextOptionsBuilder builder, Func<ExecutionStrategyDependencies, IExecutionStrategy>? strategy = null) =>
        builder.UseNpgsql(ConnectionString, npgsql =>
        {
            if (strategy is not null) npgsql.ExecutionStrategy(strategy);
        });

    public override string ForbidDeletions => """
        CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'forbidden'; END $$;
        CREATE TRIGGER forbid BEFORE DELETE ON "AuditOutbox" EXECUTE FUNCTION forbid();
        """;

    public override void UseWithoutAmbient(DbContextOptionsBuilder builder) => builder.UseNpgsql(ConnectionString + ";Enlist=false");

    public override void Use(DbContextOptionsBuilder builder, DbConnection connection) => builder.UseNpgsql(connection);

    public override DbConnection Connect()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public override DbException ConnectionLost() => new NpgsqlException("lost", new IOException("lost"));

    public override TestDatabase Another() => new PostgreSqlDatabase(server);

    public override void Dispose()
    {
        using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        server.DropDatabase(ConnectionString);
    }
}
