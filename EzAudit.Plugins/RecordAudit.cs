using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records rows of tables that were read, inserted, updated or deleted. Call it after the commit.</summary>
/// <remarks>
/// Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. The format <c>record-diff</c>
/// recognizes columns by the names of <see cref="KeyField"/>, <see cref="OldField"/> and <see cref="NewField"/>.
/// </remarks>
public static class RecordAudit
{
    /// <summary>The name of the field that holds the table.</summary>
    public const string TableField = RecordFunctions.Table;

    /// <summary>The name of the field that holds what happened to the row: <c>S</c>, <c>I</c>, <c>D</c> or <c>U</c>.</summary>
    public const string SiduField = RecordFunctions.Sidu;

    /// <summary>The definition of <c>record-select</c>.</summary>
    public static AuditFunction SelectFunction => RecordFunctions.Select;

    /// <summary>The definition of <c>record-insert</c>.</summary>
    public static AuditFunction InsertFunction => RecordFunctions.Insert;

    /// <summary>The definition of <c>record-update</c>.</summary>
    public static AuditFunction UpdateFunction => RecordFunctions.Update;

    /// <summary>The definition of <c>record-delete</c>.</summary>
    public static AuditFunction DeleteFunction => RecordFunctions.Delete;

    /// <summary>The name of the field that holds a key column: <c>#NAME</c>.</summary>
    public static string KeyField(string column) => "#" + column;

    /// <summary>The name of the field that holds a column's value before the change: <c>NAME old</c>.</summary>
    public static string OldField(string column) => column + " old";

    /// <summary>The name of the field that holds a column's value after the change: <c>NAME new</c>.</summary>
    public static string NewField(string column) => column + " new";

    /// <summary>Rows were read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The columns and values that selected the rows; may be empty.</param>
    /// <param name="rows">The number of rows read.</param>
    /// <param name="query">The query.</param>
    public static bool Select(string table, IEnumerable<AuditField> key, long rows, string query) =>
        Write(RecordFunctions.Select, table, "S", [.. Key(key), ("Rows", rows), ("Query", query)]);

    /// <summary>A row was inserted.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The columns of its key.</param>
    /// <param name="values">The other columns.</param>
    public static bool Insert(string table, IEnumerable<AuditField> key, IEnumerable<AuditField> values) =>
        Write(RecordFunctions.Insert, table, "I", [.. Key(key), .. values.Select(value => new AuditField(NewField(value.Name), value.Value))]);

    /// <summary>A row was updated.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The columns of its key.</param>
    /// <param name="changes">The changed columns, with their old and new values.</param>
    public static bool Update(string table, IEnumerable<AuditField> key, IEnumerable<(AuditField Old, object? New)> changes) =>
        Write(RecordFunctions.Update, table, "U", [.. Key(key), .. changes.SelectMany(Change)]);

    /// <summary>A row was deleted.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The columns of its key.</param>
    /// <param name="values">The other columns, with their last values.</param>
    public static bool Delete(string table, IEnumerable<AuditField> key, IEnumerable<AuditField> values) =>
        Write(RecordFunctions.Delete, table, "D", [.. Key(key), .. values.Select(value => new AuditField(OldField(value.Name), value.Value))]);

    private static IEnumerable<AuditField> Key(IEnumerable<AuditField> key) => key.Select(column => new AuditField(KeyField(column.Name), column.Value));

    private static IEnumerable<AuditField> Change((AuditField Old, object? New) change) =>
        [new(OldField(change.Old.Name), change.Old.Value), new(NewField(change.Old.Name), change.New)];

    private static bool Write(AuditFunction function, string table, string sidu, AuditField[] columns) =>
        AuditTrail.WriteAudit(function.Name, [(TableField, table), (SiduField, sidu), .. columns]);
}
