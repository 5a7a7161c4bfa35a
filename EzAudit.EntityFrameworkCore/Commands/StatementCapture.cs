using System.Data.Common;
using EzAudit.EntityFrameworkCore.Saving;
using EzAudit.EntityFrameworkCore.Sql;
using EzAudit.EntityFrameworkCore.Transactions;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Records statements that change rows without loading them: <c>ExecuteUpdate</c>, <c>ExecuteDelete</c> and the application's own SQL.</summary>
internal sealed class StatementCapture(Capture capture)
{
    // In the order of the letters of SIDU.
    private static readonly string[] Functions = [RecordAudit.InsertFunction.Name, RecordAudit.DeleteFunction.Name, RecordAudit.UpdateFunction.Name];

    // The kinds to try if the statement's effect is unknown, most likely first.
    private static readonly SqlChangeKind[] Any = [SqlChangeKind.Update, SqlChangeKind.Delete, SqlChangeKind.Insert];

    /// <summary>Records a command that returned no rows: its changes, or that it ran.</summary>
    public async ValueTask Executed(DbContext context, DbCommand command, int rows, TimeSpan duration, bool isAsync)
    {
        IReadOnlyList<(SqlChange Change, ChangedTable Table)> changes = CommandChanges.Of(context, command.CommandText);
        if (changes.Count > 0)
        {
            await Changed(context, command, changes, rows, isAsync).ConfigureAwait(false);
            return;
        }
        AuditWriter writer = capture.WriterOf(context);
        if (!writer.IsEnabled(PageAudit.QueryFunction.Name)) return;
        AuditField[] fields = CommandFields.OfQuery(context, command, rows, duration, capture.Options.Values);
        if (writer.Prepare(PageAudit.QueryFunction.Name, fields) is { } record) await Write(context, [record], isAsync).ConfigureAwait(false);
    }

    /// <summary>Records the changes of a command.</summary>
    public async ValueTask Changed(
        DbContext context, DbCommand command, IReadOnlyList<(SqlChange Change, ChangedTable Table)> changes, int rows, bool isAsync)
    {
        AuditWriter writer = capture.WriterOf(context);
        int counted = changes.Count(each => each.Change.IsCounted);
        var records = new List<AuditRecord>();
        foreach (var (change, table) in changes)
        {
            IReadOnlyList<SqlChangeKind> kinds = change.Kinds.Count > 0 ? change.Kinds : Any;
            // One statement is one record, under the first of these functions that is turned on.
            string? function = kinds.Select(kind => Functions[(int)kind]).FirstOrDefault(writer.IsEnabled);
            if (function is null || !table.IsAudited(capture.Options.OnlyMarked)) continue;
            AuditField[] fields =
            [
                (RecordAudit.TableField, table.Name), (RecordAudit.SiduField, string.Concat(kinds.Order().Select(kind => kind.ToString()[0]))),
                .. CommandFields.OfChange(context, command, (change, CommandFields.RowsOf(change, rows, counted)), capture.Options.Values),
            ];
            if (writer.Prepare(function, fields) is { } record) records.Add(record);
        }
        if (records.Count > 0) await Write(context, records, isAsync).ConfigureAwait(false);
    }

    private async ValueTask Write(DbContext context, IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        bool isInTransaction = context.Database.CurrentTransaction is not null || TransactionRecords.AmbientOf(context) is not null;
        // Without a transaction the statement is already committed, so the record has no transaction to be stored in.
        RecordBatch batch = isInTransaction
            ? await capture.Store(context, records, isAsync).ConfigureAwait(false)
            : new RecordBatch(capture.WriterOf(context), records);
        await TransactionRecords.WriteAfterCommit(context, batch, isAsync).ConfigureAwait(false);
    }
}
