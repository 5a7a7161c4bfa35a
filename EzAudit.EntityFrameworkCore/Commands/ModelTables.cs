using EzAudit.EntityFrameworkCore.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>The tables of a model: which of them statements may name, and of which reads are audited.</summary>
internal sealed class ModelTables
{
    private readonly List<(string Name, string Delimited)> _read = [];
    private readonly Dictionary<string, (string Name, EntityPlan Plan)> _all = new(StringComparer.OrdinalIgnoreCase);

    private ModelTables(DbContext context)
    {
        ISqlGenerationHelper sql = context.GetService<ISqlGenerationHelper>();
        foreach (ITable table in context.Model.GetRelationalModel().Tables)
        {
            EntityPlan[] plans = [.. table.EntityTypeMappings.Select(mapping => mapping.TypeBase).OfType<IEntityType>().Select(EntityPlan.Of)];
            if (plans.Length == 0) continue;
            _all[table.Name] = (EntityPlanner.NameOf(table), plans[0]);
            if (plans.Any(plan => plan.Reads)) _read.Add((EntityPlanner.NameOf(table), sql.DelimitIdentifier(table.Name, table.Schema)));
        }
    }

    /// <summary>Those of a context's model; found once.</summary>
    public static ModelTables Of(DbContext context) =>
        context.Model.GetOrAddRuntimeAnnotationValue(AuditAnnotations.Tables, static context => new ModelTables(context!), context);

    public bool IsEmpty => _read.Count == 0;

    /// <summary>The tables in a query of which reads are audited.</summary>
    public IReadOnlyList<string> In(string sql)
    {
        List<string>? found = null;
        foreach (var (name, delimited) in _read)
        {
            if (sql.Contains(delimited, StringComparison.Ordinal) || HasWord(sql, name)) (found ??= []).Add(name);
        }
        return found ?? (IReadOnlyList<string>)[];
    }

    /// <summary>How records name a table, and what the model says of it; a table that the model does not know is named as it is.</summary>
    public (string Name, EntityPlan? Plan) Find(string table) => _all.TryGetValue(table, out var known) ? known : (table, null);

    // SQL of the application's own need not quote a name.
    private static bool HasWord(string sql, string name)
    {
        for (int at = sql.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = sql.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + name.Length;
            if ((at == 0 || !IsPartOfWord(sql[at - 1])) && (end == sql.Length || !IsPartOfWord(sql[end]))) return true;
        }
        return false;
    }

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
