using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>The state of a context during a save. Nothing outlasts the save, so a pool may reuse the context.</summary>
internal sealed class ContextState
{
    private static readonly ConditionalWeakTable<DbContext, ContextState> States = [];

    /// <summary>What is recorded for the context; set by its first save.</summary>
    public Capture? Capture { get; set; }

    /// <summary>The save whose commands are running. A nested save takes the outer one's place until it ends.</summary>
    public Save? Running { get; set; }

    /// <summary>The save whose commands have run but whose changes EF has not accepted yet.</summary>
    public Save? Executed { get; set; }

    public static ContextState Of(DbContext context) => States.GetOrCreateValue(context);

    public static ContextState? Find(DbContext context) => States.TryGetValue(context, out ContextState? state) ? state : null;
}
