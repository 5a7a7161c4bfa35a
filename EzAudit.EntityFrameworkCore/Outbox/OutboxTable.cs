using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The outbox table in the database of a context. Its statements bypass interceptors and run in the context's transaction.</summary>
internal sealed class OutboxTable
{
    private readonly DbContext _context;
    private readonly ISqlGenerationHelper _sql;
    private readonly IEntityType _type;
    private readonly string _name;
    private int? _timeout;

    public OutboxTable(DbContext context)
    {
        _context = context;
        _sql = context.GetService<ISqlGenerationHelper>();
        _type = context.Model.FindEntityType(typeof(OutboxRow)) ?? throw new InvalidOperationException(
            $"{context.GetType().Name}: the model has no outbox, but UseEzAudit sets Outbox. Call modelBuilder.AddAuditOutbox() in OnModelCreating.");
        _name = _sql.DelimitIdentifier(_type.GetTableName()!, _type.GetSchema());
    }

    /// <summary>Identifies the database.</summary>
    public string Database => _context.Database.GetConnectionString() ?? "";

    /// <summary>The same table with a timeout in seconds for its statements.</summary>
    public OutboxTable WithTimeout(int seconds)
    {
        _timeout = seconds;
        return this;
    }

    /// <summary>Runs statements on an open connection.</summary>
    public async ValueTask<T> WhileOpen<T>(Func<ValueTask<T>> run, bool isAsync)
    {
        // In an ambient transaction EF has closed the connection; opening it again returns the same one.
        if (isAsync) await _context.Database.OpenConnectionAsync().ConfigureAwait(false);
        else _context.Database.OpenConnection();
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            if (isAsync) await _context.Database.CloseConnectionAsync().ConfigureAwait(false);
            else _context.Database.CloseConnection();
        }
    }

    public async ValueTask Add(OutboxRow row, bool isAsync)
    {
        using DbCommand command = Command(
            $"INSERT INTO {_name} ({Column(nameof(OutboxRow.Id))}, {Column(nameof(OutboxRow.Log))}, "
            + $"{Column(nameof(OutboxRow.Owner))}, {Column(nameof(OutboxRow.Records))}) VALUES (",
            [row.Id, row.Log, row.Owner, row.Records],
            ")");
        if (isAsync) await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        else command.ExecuteNonQuery();
    }

    public async ValueTask Remove(IReadOnlyList<string> ids, bool isAsync)
    {
        using DbCommand command = Command($"DELETE FROM {_name} WHERE {Column(nameof(OutboxRow.Id))} IN (", ids, ")");
        if (isAsync) await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        else command.ExecuteNonQuery();
    }

    /// <summary>The owners of rows that belong to a log.</summary>
    public IReadOnlyList<string> OwnersOf(string log)
    {
        var owners = new List<string>();
        using DbCommand command = Command($"SELECT DISTINCT {Column(nameof(OutboxRow.Owner))} FROM {_name} WHERE {Column(nameof(OutboxRow.Log))} = ", [log], "");
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read()) owners.Add(reader.GetString(0));
        return owners;
    }

    /// <summary>The rows of an owner, in order.</summary>
    public IReadOnlyList<OutboxRow> RowsOf(string owner, string log)
    {
        var rows = new List<OutboxRow>();
        using DbCommand command = Command(
            $"SELECT {Column(nameof(OutboxRow.Id))}, {Column(nameof(OutboxRow.Records))} FROM {_name} WHERE {Column(nameof(OutboxRow.Owner))} = ", [owner], "");
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(new OutboxRow { Id = reader.GetString(0), Log = log, Owner = owner, Records = reader.GetString(1) });
        return [.. rows.OrderBy(row => row.Id, StringComparer.Ordinal)];
    }

    /// <summary>The rows that belong to other logs.</summary>
    public ForeignRows ForeignRows(string log)
    {
        string id = Column(nameof(OutboxRow.Id));
        using DbCommand command = Command($"SELECT COUNT(*), MIN({id}) FROM {_name} WHERE {Column(nameof(OutboxRow.Log))} <> ", [log], "");
        using DbDataReader reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(1) ? new ForeignRows(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), reader.GetString(1)) : default;
    }

    private string Column(string property)
    {
        StoreObjectIdentifier table = StoreObjectIdentifier.Table(_type.GetTableName()!, _type.GetSchema());
        return _sql.DelimitIdentifier(_type.FindProperty(property)!.GetColumnName(table)!);
    }

    private DbCommand Command(string before, IReadOnlyList<string> values, string after)
    {
        DbCommand command = _context.Database.GetDbConnection().CreateCommand();
        command.Transaction = _context.Database.CurrentTransaction?.GetDbTransaction();
        if (_timeout is { } seconds) command.CommandTimeout = seconds;
        var text = new StringBuilder(before);
        for (int i = 0; i < values.Count; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = _sql.GenerateParameterName($"p{i}");
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
            text.Append(i == 0 ? "" : ", ").Append(_sql.GenerateParameterNamePlaceholder($"p{i}"));
        }
        command.CommandText = text.Append(after).ToString();
        return command;
    }
}

/// <summary>The records of one <c>SaveChanges</c> or statement, stored with it until they are in the log.</summary>
/// <remarks>All columns are text, so that they are the same in every database.</remarks>
internal sealed class OutboxRow
{
    /// <summary>Unique, and sorted by time.</summary>
    public string Id { get; set; } = "";

    /// <summary>The host and directory of the log that the records belong to. No other process can tell whether they are in it.</summary>
    public string Log { get; set; } = "";

    /// <summary>The process and writer that stored the row and will write it unless it dies.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The records, as JSON.</summary>
    public string Records { get; set; } = "";
}

/// <summary>The outbox rows that belong to the logs of other hosts or directories.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Oldest">The id of the oldest row; <see langword="null"/> if there is none.</param>
internal readonly record struct ForeignRows(long Count, string? Oldest);
