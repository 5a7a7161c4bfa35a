using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records rows of tables that were read, inserted, updated or deleted. Call it after the commit.</summary>
/// <remarks>
/// Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. A key column is the field
/// <c>#NAME</c>; the values of any other column are <c>NAME old</c> and <c>NAME new</c>. The format <c>record-diff</c> uses these names.
/// </remarks>
public static class RecordAudit
{
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
        Write(RecordFunctions.Insert, table, "I", [.. Key(key), .. values.Select(value => new AuditField($"{value.Name} new", value.Value))]);

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
        Write(RecordFunctions.Delete, table, "D", [.. Key(key), .. values.Select(value => new AuditField($"{value.Name} old", value.Value))]);

    private static IEnumerable<AuditField> Key(IEnumerable<AuditField> key) => key.Select(column => new AuditField("#" + column.Name, column.Value));

    private static IEnumerable<AuditField> Change((AuditField Old, object? New) change) =>
        [new($"{change.Old.Name} old", change.Old.Value), new($"{change.Old.Name} new", change.New)];

    private static bool Write(AuditFunction function, string table, string sidu, AuditField[] columns) =>
        AuditTrail.WriteAudit(function.Name, [(RecordFunctions.Table, table), (RecordFunctions.Sidu, sidu), .. columns]);
}
