using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.EntityFrameworkCore.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>The tables of a model: finds the ones that a statement names, and the ones whose reads are audited.</summary>
internal sealed class ModelTables
{
    // The words that precede a table that is read.
    private static readonly HashSet<string> Sources = new(StringComparer.Ordinal) { "FROM", "JOIN", "APPLY", "STRAIGHT_JOIN", "ONLY", "LATERAL", "USING", "TABLE" };

    private readonly SqlDialect _dialect;
    private readonly Dictionary<ITableBase, ModelTable> _all = [];
    private readonly ILookup<string, ModelTable> _byName;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private ModelTables(DbContext context)
    {
        _dialect = SqlDialect.Of(context.Database.ProviderName);
        IRelationalModel model = context.Model.GetRelationalModel();
        foreach (ITable table in model.Tables)
        {
            EntityPlan[] plans = [.. table.EntityTypeMappings.Select(mapping => mapping.TypeBase).OfType<IEntityType>().Select(EntityPlan.Of)];
            // SQLite has no schemas, and EF omits the model's.
            string? schema = _dialect == SqlDialect.Sqlite ? null : table.Schema;
            if (plans.Length > 0) _all.Add(table, new ModelTable(schema, table.Name, EntityPlanner.NameOf(table), plans));
        }
        _byName = _all.Values.ToLookup(table => table.Table, _dialect.IsCaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        foreach (ITableBase table in model.Tables.Concat<ITableBase>(model.Views)) AddNames(table);
        IsEmpty = !_all.Values.Any(table => table.Reads);
    }

    /// <summary>Whether no table has audited reads.</summary>
    public bool IsEmpty { get; }

    /// <summary>The tables of a context's model, built once per model.</summary>
    public static ModelTables Of(DbContext context) =>
        context.Model.GetOrAddRuntimeAnnotationValue(AuditAnnotations.Tables, static context => new ModelTables(context!), context);

    /// <summary>Whether a name is the name of a table, schema or column.</summary>
    public bool HasName(string name) => _names.Contains(name);

    /// <summary>The tables that a query reads and whose reads are audited.</summary>
    public IReadOnlyList<string> ReadBy(string sql)
    {
        IEnumerable<ModelTable> read = GeneratedCommand.Of(sql) is { } generated
            ? generated.Tables.Select(table => _all.GetValueOrDefault(table)).OfType<ModelTable>()
            : ReadBy(new SqlTokens(sql, _dialect));
        return [.. read.Where(table => table.Reads).Select(table => table.Name).Distinct()];
    }

    public ChangedTable Find(ITableBase table) => _all.TryGetValue(table, out ModelTable? known)
        ? new ChangedTable(known.Name, [known], IsOther: false)
        : Find(new SqlName(table.Schema is { } schema ? [schema, table.Name] : [table.Name]));

    public ChangedTable Find(SqlName? name)
    {
        if (name is null) return ChangedTable.Unknown;
        ModelTable[] known = [.. _byName[name.Table]];
        ModelTable[] exact = [.. known.Where(table => table.Table == name.Table)];
        if (exact.Length > 0) known = exact;
        ModelTable[] certain = [.. known.Where(table => IsIn(name.Schema, table.Schema))];
        if (name.Schema is null && certain.Length == 0) certain = known;
        bool isCertain = certain.Length == 1 && !name.NamesDatabase;
        if (isCertain) return new ChangedTable(certain[0].Name, certain, IsOther: false);
        // The connection's default schema is unknown here, so a table without a schema may be in any schema.
        ModelTable[] possible = certain.Length > 0 ? certain : [.. known.Where(table => table.Schema is null)];
        return new ChangedTable(name.ToString(), possible, IsOther: certain.Length == 0 || name.NamesDatabase);
    }

    private bool IsIn(string? schema, string? modelSchema)
    {
        string? found = schema ?? _dialect.DefaultSchema;
        string? wanted = modelSchema ?? _dialect.DefaultSchema;
        return string.Equals(found, wanted, _dialect.IsCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }

    private void AddNames(ITableBase table)
    {
        _names.Add(table.Name);
        if (table.Schema is { } schema) _names.Add(schema);
        foreach (IColumnBase column in table.Columns) _names.Add(column.Name);
    }

    private List<ModelTable> ReadBy(SqlTokens tokens)
    {
        var found = new List<ModelTable>();
        for (int at = 1; at < tokens.Count; at++)
        {
            bool isSource = Sources.Contains(tokens.WordAt(at - 1)) || tokens.IsSymbol(at - 1, ',') || tokens.IsSymbol(at - 1, '(');
            int name = at;
            if (isSource && tokens.NameAt(ref name) is { } table) found.AddRange(Find(table).Known);
        }
        return found;
    }
}

/// <summary>A table of the model.</summary>
/// <param name="Schema">Its schema, if the database has schemas and the model names one.</param>
/// <param name="Table">Its name.</param>
/// <param name="Name">The name in records.</param>
/// <param name="Plans">The plans of the entities in the table.</param>
internal sealed record ModelTable(string? Schema, string Table, string Name, IReadOnlyList<EntityPlan> Plans)
{
    public bool Reads => Plans.Any(plan => plan.Reads);

    public bool IsAudited(bool onlyMarked) => Plans.Any(plan => plan.IsAudited(onlyMarked));
}

/// <summary>The table that a statement changes, as far as it is known.</summary>
/// <param name="Name">The name in records.</param>
/// <param name="Known">The model's tables that it may be.</param>
/// <param name="IsOther">Whether it may be a table that is not in the model.</param>
internal sealed record ChangedTable(string Name, IReadOnlyList<ModelTable> Known, bool IsOther)
{
    /// <summary>A table that cannot be identified. Its changes are always recorded.</summary>
    public static readonly ChangedTable Unknown = new("[unknown]", [], IsOther: true);

    public bool IsAudited(bool onlyMarked) => this == Unknown || (IsOther && !onlyMarked) || Known.Any(table => table.IsAudited(onlyMarked));
}
