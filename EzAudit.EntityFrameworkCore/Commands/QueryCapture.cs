using System.Data.Common;
using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.EntityFrameworkCore.Saving;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Records queries when their rows have been read, before the application has the result as a whole: one record for a query and table.</summary>
internal sealed class QueryCapture(Capture capture)
{
    public void Begin(DbContext context, DbCommand command, DbDataReader reader)
    {
        AuditWriter writer = capture.WriterOf(context);
        ModelTables tables = ModelTables.Of(context);
        IReadOnlyList<string> read = !tables.IsEmpty && writer.IsWritten(RecordFunctions.Select) ? tables.In(command.CommandText) : [];
        if (read.Count > 0 || writer.IsWritten(RecordFunctions.Query)) OpenQueries.Begin(context, new OpenQuery(reader, read, capture.Options.MostKeys));
    }

    public void End(DbContext context, DbCommand command, DataReaderDisposingEventData disposed)
    {
        if (OpenQueries.End(context, disposed.DataReader) is not { } query) return;
        AuditWriter writer = capture.WriterOf(context);
        int rows = RowsRead(disposed);
        foreach (string table in query.Tables) writer.WriteAudit(RecordFunctions.Select, FieldsOf(query, table, command, rows));
        if (writer.IsWritten(RecordFunctions.Query))
            writer.WriteAudit(RecordFunctions.Query, CommandFields.OfQuery(command, rows, disposed.Duration, capture.Options.Values));
    }

    // EF counts how often it asked for a row; whether it got one the last time, only the reader knows, and it has no other way to say so.
    private static int RowsRead(DataReaderDisposingEventData disposed)
    {
        if (disposed.ReadCount == 0) return 0;
        try
        {
            disposed.DataReader.IsDBNull(0);
            return disposed.ReadCount;
        }
        catch (InvalidOperationException)
        {
            return disposed.ReadCount - 1;
        }
    }

    private AuditField[] FieldsOf(OpenQuery query, string table, DbCommand command, int rows) =>
    [
        (RecordFunctions.Table, table), (RecordFunctions.Sidu, "S"),
        .. query.RowsOf(table)?.Keys ?? [],
        .. CommandFields.OfStatement(command, rows, capture.Options.Values),
    ];
}
