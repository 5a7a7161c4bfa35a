using System.Data.Common;
using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.EntityFrameworkCore.Sql;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>A query whose rows are being read, of tables whose reads are audited.</summary>
/// <param name="reader">What reads them.</param>
/// <param name="tables">Those tables.</param>
/// <param name="mostKeys">How many keys are kept of each.</param>
internal sealed class OpenQuery(DbDataReader reader, IReadOnlyList<string> tables, int mostKeys)
{
    private readonly Dictionary<string, ReadRows> _rows = new(StringComparer.Ordinal);

    public DbDataReader Reader => reader;

    public IReadOnlyList<string> Tables => tables;

    /// <summary>What its text changes.</summary>
    public IReadOnlyList<(SqlChange Change, ChangedTable Table)> Changes { get; init; } = [];

    /// <summary>How many rows were read.</summary>
    public int Rows { get; set; }

    public void Add(IEntityType type, Func<IProperty, object?> value)
    {
        EntityPlan plan = EntityPlan.Of(type);
        if (plan.Tables.Count == 0 || !plan.Tables[0].IsOwnRow || !tables.Contains(plan.Tables[0].Name)) return;
        string table = plan.Tables[0].Name;
        if (!_rows.TryGetValue(table, out ReadRows? rows)) _rows.Add(table, rows = new ReadRows(mostKeys));
        rows.Add(plan.Tables[0].Keys, plan.Properties, value);
    }

    public ReadRows? RowsOf(string table) => _rows.GetValueOrDefault(table);
}
