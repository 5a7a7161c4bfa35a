using System.Data.Common;
using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.EntityFrameworkCore.Saving;
using EzAudit.EntityFrameworkCore.Transactions;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Records statements that change rows without loading them: <c>ExecuteUpdate</c>, <c>ExecuteDelete</c> and the application's own SQL.</summary>
internal sealed class StatementCapture(Capture capture)
{
    public async ValueTask Executed(DbContext context, DbCommand command, int rows, TimeSpan duration, bool isAsync)
    {
        AuditWriter writer = capture.WriterOf(context);
        SqlStatement statement = SqlStatement.Read(command.CommandText);
        if (!writer.IsWritten(statement.Function)) return;
        AuditRecord? record = statement.Function == RecordFunctions.Query
            ? writer.Prepare(RecordFunctions.Query, CommandFields.OfQuery(command, rows, duration, capture.Options.Values))
            : Change(context, command, statement, rows, writer);
        if (record is null) return;
        bool isInTransaction = context.Database.CurrentTransaction is not null || TransactionRecords.AmbientOf(context) is not null;
        // Without a transaction the statement is committed by now: there is none left that its record could be stored in.
        RecordBatch batch = isInTransaction ? await capture.Store(context, [record], isAsync).ConfigureAwait(false) : new RecordBatch(writer, [record]);
        await TransactionRecords.WriteAfterCommit(context, batch, isAsync).ConfigureAwait(false);
    }

    private AuditRecord? Change(DbContext context, DbCommand command, SqlStatement statement, int rows, AuditWriter writer)
    {
        var (table, plan) = ModelTables.Of(context).Find(statement.Table);
        if (plan is { } known ? !known.IsAudited(capture.Options.OnlyMarked) : capture.Options.OnlyMarked) return null;
        AuditField[] fields =
        [
            (RecordFunctions.Table, table), (RecordFunctions.Sidu, statement.Sidu),
            .. CommandFields.OfStatement(command, rows, capture.Options.Values),
        ];
        return writer.Prepare(statement.Function, fields);
    }
}
