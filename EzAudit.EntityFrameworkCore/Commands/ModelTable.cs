using EzAudit.EntityFrameworkCore.Plans;

namespace EzAudit.EntityFrameworkCore.Commands;

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
