using System.Data.Common;
using EzAudit.EntityFrameworkCore.Saving;
using EzAudit.EntityFrameworkCore.Sql;
using EzAudit.EntityFrameworkCore.Transactions;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Records a query once its rows are read, before the application gets the whole result: one record per query and table.</summary>
internal sealed class QueryCapture(Capture capture, StatementCapture statements)
{
    public void Begin(DbContext context, DbCommand command, DbDataReader reader)
    {
        AuditWriter writer = capture.WriterOf(context);
        ModelTables tables = ModelTables.Of(context);
        IReadOnlyList<string> read = !tables.IsEmpty && writer.IsEnabled(RecordAudit.SelectFunction.Name) ? tables.ReadBy(command.CommandText) : [];
        // Such as INSERT ... RETURNING.
        IReadOnlyList<(SqlChange, ChangedTable)> changes = capture.WantsChanges(context) ? CommandChanges.Of(context, command.CommandText) : [];
        if (read.Count == 0 && changes.Count == 0 && !writer.IsEnabled(PageAudit.QueryFunction.Name)) return;
        OpenQueries.Begin(context, new OpenQuery(reader, read, capture.Options.MostKeys) { Changes = changes });
    }

    /// <summary>Counts the rows while the reader is still open.</summary>
    public static void Closing(DbContext context, DbDataReader reader, int reads)
    {
        if (OpenQueries.Find(context, reader) is { } query) query.Rows = RowsRead(reader, reads);
    }

    public void End(DbContext context, DbCommand command, ReaderEnd end)
    {
        if (OpenQueries.End(context, end.Reader) is not { } query) return;
        AuditWriter writer = capture.WriterOf(context);
        // The reader is closed: all statements have run, and outside a transaction they are committed.
        if (query.Changes.Count > 0) Sync.Wait(statements.Changed(context, command, query.Changes, end.RecordsAffected, isAsync: false));
        foreach (string table in query.Tables) writer.WriteAudit(RecordAudit.SelectFunction.Name, FieldsOf(context, query, table, command));
        if (writer.IsEnabled(PageAudit.QueryFunction.Name))
            writer.WriteAudit(PageAudit.QueryFunction.Name, CommandFields.OfQuery(context, command, query.Rows, end.Duration, capture.Options.Values));
    }

    // EF counts how often it asked for a row. Only the reader knows whether the last call returned one, and this is the only way to find out.
    private static int RowsRead(DbDataReader reader, int reads)
    {
        if (reads == 0) return 0;
        try
        {
            reader.IsDBNull(0);
            return reads;
        }
        catch (InvalidOperationException)
        {
            return reads - 1;
        }
    }

    private AuditField[] FieldsOf(DbContext context, OpenQuery query, string table, DbCommand command) =>
    [
        (RecordAudit.TableField, table), (RecordAudit.SiduField, "S"),
        .. query.RowsOf(table)?.Keys ?? [],
        .. CommandFields.OfStatement(context, command, query.Rows, capture.Options.Values),
    ];
}

/// <summary>What EF reports about a reader after it has read the rows.</summary>
internal readonly record struct ReaderEnd(DbDataReader Reader, int RecordsAffected, TimeSpan Duration);
