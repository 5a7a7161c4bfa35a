using System.Collections.Concurrent;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;
using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Reading;

/// <summary>The origins of the runs in the store, each looked up once. Thread-safe.</summary>
internal sealed class RunNames(NpgsqlDataSource source, string place)
{
    private readonly ConcurrentDictionary<int, AuditLogFile> _files = new();

    /// <summary>What stands for the file of a record: the store and the origin.</summary>
    public AuditLogFile FileOf(int run) => _files.GetOrAdd(run, number => new AuditLogFile { Path = $"{place} {Find(number)}", SaysFunctions = true });

    private string Find(int run)
    {
        using NpgsqlConnection connection = source.OpenConnection();
        var sql = new SqlText();
        sql.Add($"SELECT origin || '/' || run FROM ezaudit.audit_run WHERE id = {sql.Parameter(run, NpgsqlDbType.Integer)}");
        using NpgsqlCommand command = sql.CreateCommand(connection);
        return command.ExecuteScalar() is string name ? StoreText.Decode(name) : "unknown origin";
    }
}
