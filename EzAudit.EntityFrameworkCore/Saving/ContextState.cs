using System.Runtime.CompilerServices;
using EzAudit.EntityFrameworkCore.Transactions;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>What is remembered of a context while it saves or reads; nothing of it outlasts that, so a pool may hand the context on.</summary>
internal sealed class ContextState
{
    private static readonly ConditionalWeakTable<DbContext, ContextState> States = [];

    /// <summary>Whether <c>SaveChanges</c> runs, and somebody wants its records.</summary>
    public bool IsSaving { get; private set; }

    public CapturedChanges? Changes { get; set; }

    /// <summary>The records, where they had to be stored before the commit.</summary>
    public RecordBatch? Stored { get; set; }

    /// <summary>What EF does about transactions, where it had to be told otherwise meanwhile.</summary>
    public AutoTransactionBehavior? Behavior { get; set; }

    public static ContextState Of(DbContext context) => States.GetOrCreateValue(context);

    public static ContextState? Find(DbContext context) => States.TryGetValue(context, out ContextState? state) ? state : null;

    public void Begin() => (IsSaving, Changes, Stored) = (true, null, null);

    public void End(DbContext context)
    {
        (IsSaving, Changes, Stored) = (false, null, null);
        if (Behavior is { } behavior) context.Database.AutoTransactionBehavior = behavior;
        Behavior = null;
    }
}
