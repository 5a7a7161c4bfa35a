using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>The entities of a context whose rows EF read or wrote in full. For entities that the application attached, the old values are only its claim.</summary>
internal sealed class KnownRows
{
    private const int FewEntities = 4096;

    private static readonly ConditionalWeakTable<DbContext, KnownRows> OfContexts = [];

    private readonly HashSet<object> _entities = new(ReferenceEqualityComparer.Instance);
    private DbContextId _lease;
    private int _tidyAt = FewEntities;

    public static void Add(DbContext context, object entity) => OfContexts.GetOrCreateValue(context).AddTo(context, entity);

    public static bool Contain(DbContext context, object entity) =>
        OfContexts.TryGetValue(context, out KnownRows? known) && known._lease == context.ContextId && known._entities.Contains(entity);

    private void AddTo(DbContext context, object entity)
    {
        // A pooled context gets a new lease for each use.
        if (_lease != context.ContextId)
        {
            _entities.Clear();
            _lease = context.ContextId;
        }
        _entities.Add(entity);
        if (_entities.Count >= _tidyAt) Tidy(context, entity);
    }

    // A context that reads and detaches entities in a loop must not keep them all. The last entity may not be tracked yet.
    private void Tidy(DbContext context, object last)
    {
        var tracked = new HashSet<object>(ReferenceEqualityComparer.Instance) { last };
        foreach (IUpdateEntry entry in context.GetService<IUpdateAdapterFactory>().Create().Entries) tracked.Add(entry.ToEntityEntry().Entity);
        _entities.IntersectWith(tracked);
        _tidyAt = Math.Max(FewEntities, 2 * _entities.Count);
    }
}
